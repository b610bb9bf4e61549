#!/usr/bin/env bash
# Judges a release at a gate, writes the signed verdict, checks it as a stranger would, and gives the gate's exit code:
# 1 for a FAIL, 3 for what is MISSING, STALE or INCONCLUSIVE. Both fail the step, because silence is no pass.
set -uo pipefail
folder="${RUNNER_TEMP:-$(mktemp -d)}"
verdict="$folder/airworthy-verdict.json"
text="$folder/airworthy-verdict.txt"

# A path is run as it is; anything else is a package.
airworthy() {
  case "${IN_PACKAGE:-airworthy}" in
    /* | ./*) node "$IN_PACKAGE" "$@" ;;
    *) npx --yes "${IN_PACKAGE:-airworthy}" "$@" ;;
  esac
}
words=(gate "$IN_GATE" --verdict "$verdict")
[ -n "${IN_APPLICATION:-}" ] && words+=(--application "$IN_APPLICATION")
[ -n "${IN_RELEASE:-}" ] && words+=(--release "$IN_RELEASE")
[ "${IN_RUN:-false}" = true ] && words+=(--run)
rm -f "$verdict"
airworthy "${words[@]}"
code=$?

if [ -s "$verdict" ]; then
  check=(verdict verify "$verdict")
  [ -n "${IN_KEY:-}" ] && check+=(--key "$IN_KEY")
  airworthy "${check[@]}" >"$text"
  checked=$?
  # A verdict that does not verify, or says something else than the command did, is no verdict.
  if { [ "$code" = 0 ] && [ "$checked" != 0 ]; } || grep -q '^BROKEN' "$text"; then code=4; fi
  { echo '```'; cat "$text"; echo '```'; } >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
{
  echo "gate-exit-code=$code"
  [ -s "$verdict" ] && echo "verdict=$verdict"
} >>"${GITHUB_OUTPUT:-/dev/stdout}"
exit "$code"
