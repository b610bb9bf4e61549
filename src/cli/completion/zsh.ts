/** The script for zsh, with what each word does beside it. */
import type { Branch } from './tree.ts'

export const zshScript = (branches: readonly Branch[]): string => `#compdef airworthy
# Completion of airworthy for zsh: airworthy completion zsh > "\${fpath[1]}/_airworthy"
_airworthy() {
  local below="" longer i
  local -a words_after
  local -A known
  known=(${branches.map(({ path }) => `${quoted(path || '.')} 1`).join(' ')})
  for ((i = 2; i < CURRENT; i++)); do
    longer="\${below:+$below }\${words[i]}"
    [[ -n "\${known[$longer]}" ]] && below="$longer"
  done
  case "$below \${words[CURRENT-1]}" in
${valueLines(branches).join('\n')}
  esac
  case "$below" in
${branches.map((branch) => `    ${quoted(branch.path)}) words_after=(${describedWords(branch)}) ;;`).join('\n')}
  esac
  _describe airworthy words_after || _files
}
compdef _airworthy airworthy
`

const describedWords = ({ commands, options, values }: Branch): string =>
  [
    ...commands.map(({ name, about }) => quoted(`${escaped(name)}:${about}`)),
    ...values.map((value) => quoted(escaped(value))),
    ...options.map(({ flag, about }) => quoted(`${escaped(flag)}:${about}`)),
  ].join(' ')

const valueLines = (branches: readonly Branch[]): string[] =>
  branches.flatMap(({ path, options }) =>
    options
      .filter(({ values }) => values.length > 0)
      .map(
        ({ flag, values }) => `    ${quoted(`${path} ${flag}`)}) compadd -- ${values.map(quoted).join(' ')}; return ;;`,
      ),
  )

/** A colon ends the word and begins what it does. */
const escaped = (word: string): string => word.replaceAll(':', '\\:')

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
