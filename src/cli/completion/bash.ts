/** The script for bash, from version 3.2 (macOS) on: everything is written into it, so that a key press starts no program. */
import { type Branch, wordsAfter } from './tree.ts'

export const bashScript = (
  branches: readonly Branch[],
): string => `# Completion of airworthy for bash: source <(airworthy completion bash)
_airworthy_after() {
  case "$1" in
${branches.map((branch) => `    ${quoted(branch.path)}) echo ${quoted(wordsAfter(branch).join(' '))} ;;`).join('\n')}
  esac
}
_airworthy_values() {
  case "$1 $2" in
${valueLines(branches).join('\n')}
  esac
}
_airworthy() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" longer i values
  for ((i = 1; i < COMP_CWORD; i++)); do
    longer="\${path:+$path }\${COMP_WORDS[i]}"
    [ -n "$(_airworthy_after "$longer")" ] && path="$longer"
  done
  values="$(_airworthy_values "$path" "$previous")"
  [ -n "$values" ] || values="$(_airworthy_after "$path")"
  COMPREPLY=($(compgen -W "$values" -- "$current"))
}
complete -o default -F _airworthy airworthy
`

const valueLines = (branches: readonly Branch[]): string[] =>
  branches.flatMap(({ path, options }) =>
    options
      .filter(({ values }) => values.length > 0)
      .map(({ flag, values }) => `    ${quoted(`${path} ${flag}`)}) echo ${quoted(values.join(' '))} ;;`),
  )

/** For a POSIX shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
