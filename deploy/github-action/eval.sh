#!/usr/bin/env bash
# Measures, writes both reports, and gives the exit code of `airworthy eval`; 3 (undecided) passes unless told otherwise.
set -uo pipefail
folder="${RUNNER_TEMP:-$(mktemp -d)}"
markdown="$folder/airworthy-eval.md"
junit="$folder/airworthy-eval.xml"
words=(eval)
[ -n "${IN_APPLICATION:-}" ] && words+=("$IN_APPLICATION")
[ -n "${IN_RELEASE:-}" ] && words+=(--release "$IN_RELEASE")
[ -n "${IN_SUITE:-}" ] && words+=(--suite "$IN_SUITE")
[ -n "${IN_AGAINST:-}" ] && words+=(--against "$IN_AGAINST")
[ -n "${IN_REPEATS:-}" ] && words+=(--repeats "$IN_REPEATS")
[ -n "${IN_MAX_COST:-}" ] && words+=(--max-cost "$IN_MAX_COST")
words+=(--markdown "$markdown" --junit "$junit")

# A path is run as it is; anything else is a package.
case "${IN_PACKAGE:-airworthy}" in
  /* | ./*) node "$IN_PACKAGE" "${words[@]}" ;;
  *) npx --yes "${IN_PACKAGE:-airworthy}" "${words[@]}" ;;
esac
code=$?

{
  echo "exit-code=$code"
  [ -s "$markdown" ] && echo "markdown=$markdown"
  [ -s "$junit" ] && echo "junit=$junit"
} >>"${GITHUB_OUTPUT:-/dev/stdout}"
[ -s "$markdown" ] && cat "$markdown" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
[ "$code" = 3 ] && [ "${IN_FAIL_ON_UNDECIDED:-false}" != true ] && exit 0
exit "$code"
