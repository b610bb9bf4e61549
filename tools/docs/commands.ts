/** Commands that the README and the guide show are commands that exist. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import type { DocCheck, Repository } from './repository.ts'

/** Looks up the first words after `airworthy` in the `sh` blocks among the program's own list of commands. */
export const checkCommands: DocCheck = (repository) => {
  const lines = [...repository.pages]
    .filter(([file]) => file === 'README.md' || file === 'docs/running.md' || file.startsWith('docs/guide/'))
    .flatMap(([file, { fences }]) =>
      fences
        .filter(({ language }) => language === 'sh')
        .flatMap(({ line, lines }) => lines.map((text, at) => ({ file, line: line + at + 1, words: wordsOf(text) }))),
    )
    .filter(({ words }) => words.length > 0)
  if (lines.length === 0) return { findings: [] }

  const commands = listCommands(repository)
  if (!commands)
    return {
      findings: [],
      notes: ['`airworthy help --json` answers nothing yet; commands in documents were not compared.'],
    }
  return {
    findings: lines
      .filter(({ words }) => !isCommand(commands, words))
      .map(({ file, line, words }) => ({
        file,
        line,
        found: `There is no command \`airworthy ${words.slice(0, 2).join(' ')}\`.`,
        remedy: 'Show one of `airworthy help`.',
      })),
  }
}

/** `{commands: [{name: "dossier export"}]}`; names alone will do. */
const Help = z.object({
  commands: z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])),
})

function listCommands({ root, exists }: Repository): string[] | undefined {
  if (!exists('bin/airworthy.js')) return undefined
  try {
    const answer = execFileSync(process.execPath, [join(root, 'bin/airworthy.js'), 'help', '--json'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    })
    return Help.parse(JSON.parse(answer)).commands
  } catch {
    return undefined
  }
}

/** The words of a shown command: `gate`, `pilot` of `$ npx airworthy gate pilot --json`. */
export function wordsOf(text: string): string[] {
  const [, rest] = /^\s*(?:\$\s+)?(?:npx\s+)?airworthy\s+(.*)$/.exec(text) ?? []
  const words = (rest ?? '').split(/\s+/)
  const end = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word))
  return end === -1 ? words : words.slice(0, end)
}

function isCommand(commands: readonly string[], [first = '', second = '']: readonly string[]): boolean {
  if (first === 'help' || commands.includes(first)) return true
  return commands.includes(`${first} ${second}`)
}
