/** Every command that a how-to of the catalogue names is one that there is, with options and words that it takes. */
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { airworthyCommand } from '../testing/child.ts'

type Command = { name: string; options: string[]; values: string[] }
type Pack = { checks: { id: string; howto: string; rationale: string }[] }

const pack: Pack = JSON.parse(readFileSync(new URL('../../packs/gates/core.json', import.meta.url), 'utf8'))
const named = pack.checks.flatMap(({ id, howto, rationale }) =>
  [...`${rationale} ${howto}`.matchAll(/`airworthy ([^`]+)`/g)].map(([, line = '']) => ({ id, line })),
)
const { out } = await airworthyCommand(['help', '--json'], {}, tmpdir())
const { commands } = JSON.parse(out) as { commands: Command[] }

/** Why the line cannot be typed; undefined when it can. */
function whyNot(line: string): string | undefined {
  // What a reader fills in is one word: `<the release in force>`, `id=…`.
  const words = line.replaceAll(/<[^>]*>/g, '<>').split(/\s+/)
  const known = commands.filter(({ name }) => `${words.join(' ')} `.startsWith(`${name} `))
  const command = known.toSorted((a, b) => b.name.length - a.name.length)[0]
  if (!command) return 'no such command'
  const rest = words.slice(command.name.split(' ').length)
  const flag = rest.find((word) => word.startsWith('--') && word !== '--help' && !command.options.includes(word))
  if (flag) return `${command.name} has no ${flag}`
  const [first] = rest
  if (first === undefined || first.startsWith('-') || first === '<>') return undefined
  const isGroup = commands.some(({ name }) => name.startsWith(`${command.name} `))
  const isFree = command.values.length === 0 && !isGroup
  return isFree || command.values.includes(first) ? undefined : `${command.name} does not take ${first}`
}

test('the how-to texts name commands', () => {
  expect(named.length).toBeGreaterThan(30)
})

test.for([...new Set(named.map(({ line }) => line))].map((line) => [line] as const))(
  '`airworthy %s` can be typed',
  ([line]) => {
    expect(
      whyNot(line),
      named
        .filter((one) => one.line === line)
        .map(({ id }) => id)
        .join(', '),
    ).toBeUndefined()
  },
)

test.for([
  ['gaet poc', /no such command/],
  ['gate poc --rnu', /has no --rnu/],
  ['gate staging', /does not take staging/],
  ['models unheard', /does not take unheard/],
] as const)('`airworthy %s` would be told', ([line, why]) => {
  expect(whyNot(line) ?? '').toMatch(why)
})
