/** The script for fish, with what each word does beside it. */
import type { Branch } from './tree.ts'

export const fishScript = (
  branches: readonly Branch[],
): string => `# Completion of airworthy for fish: airworthy completion fish > ~/.config/fish/completions/airworthy.fish
function __airworthy_path
  set -l path ''
  for word in (commandline -opc)[2..]
    set -l longer (string trim "$path $word")
    if contains -- "$longer" ${branches
      .filter(({ path }) => path !== '')
      .map(({ path }) => quoted(path))
      .join(' ')}
      set path "$longer"
    end
  end
  echo "$path"
end
${branches.flatMap(linesOf).join('\n')}
`

function linesOf({ path, commands, options, values }: Branch): string[] {
  const at = `complete -c airworthy -n ${quoted(`test "$(__airworthy_path)" = "${path}"`)}`
  return [
    ...commands.map(({ name, about }) => `${at} -f -a ${quoted(name)} -d ${quoted(about)}`),
    ...values.map((value) => `${at} -f -a ${quoted(value)}`),
    ...options
      .filter(({ flag }) => flag.startsWith('--'))
      .map(({ flag, about, values: known }) =>
        [
          `${at} -l ${quoted(flag.slice(2))} -d ${quoted(about)}`,
          ...(known.length > 0 ? [`-x -a ${quoted(known.join(' '))}`] : []),
        ].join(' '),
      ),
  ]
}

/** fish knows two escapes within quotes. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
