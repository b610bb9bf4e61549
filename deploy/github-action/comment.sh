#!/usr/bin/env bash
# Writes over the comment of the run before, which is known by its first line; the first run makes one.
set -euo pipefail
comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
id=$(gh api --paginate "$comments" --jq '.[] | select(.body | startswith("<!-- airworthy-eval -->")) | .id' | head -n 1)
if [ -n "$id" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$MARKDOWN" >/dev/null
else
  gh api --method POST "$comments" --field "body=@$MARKDOWN" >/dev/null
fi
