/** guardrails: what must not pass in or out of models that are asked directly or by a route. */
import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'

type Guardrail = Parameters<Client['putModelGuardrails']>[0]['body']['guardrails'][number]
type Added = {
  readonly on: 'input' | 'output'
  readonly mode: 'observe' | 'redact' | 'block'
  readonly detector: Guardrail['guard']['detector']
  readonly of?: string[]
  readonly terms?: string[]
  readonly pattern?: string
  readonly example?: string
  readonly anyCase?: true
  readonly most?: string
  readonly message?: string
}

export function addGuardrailCommands(program: Command): void {
  const guardrails = program
    .command('guardrails')
    .description(
      'what looks at models that are asked directly or by a route; applications have their own, in airworthy.yaml',
    )
    .action(
      withServer(async ({ client, output }) => {
        const found = await client.getModelGuardrails()
        output.result(found, () =>
          output.table(
            ['guardrail', 'does', 'on'],
            found.guardrails.map(({ of, guard, words }) => [guard.id, words, of.join(', ')]),
            'Nothing looks at models that are asked directly. `airworthy guardrails add keys --on input --detector secrets --mode block` begins.',
          ),
        )
        return EXIT.ok
      }),
    )
  guardrails
    .command('add')
    .description('one more, or another under the same id; in force from the next request on')
    .argument('<id>', 'lower-case letters, digits and hyphens')
    .addOption(
      new Option('--on <side>', 'what is asked, or what is answered')
        .choices(['input', 'output'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--detector <detector>', 'what is looked for')
        .choices(['email', 'phone', 'card', 'secrets', 'terms', 'pattern', 'length'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--mode <mode>', 'count it, replace it by its name, or say nothing after it')
        .choices(['observe', 'redact', 'block'])
        .default('observe'),
    )
    .option('--of <names...>', 'provider/*, provider/model or a route; everything when left out')
    .option('--terms <words...>', 'for terms: whole words and phrases')
    .option('--pattern <expression>', 'for pattern: a regular expression in which everything ends')
    .option('--example <text>', 'for pattern: a text that it must find')
    .option('--any-case', 'for pattern: capitals do not matter')
    .option('--most <characters>', 'for length: the most characters of the newest question, or of the answer')
    .option('--message <text>', 'for block: what is said instead')
    .action(
      withServer(async ({ client, output }, id: string, added: Added) => {
        const { guardrails: before } = await client.getModelGuardrails()
        const one = guardrailOf(id, added)
        const at = before.findIndex(({ guard }) => guard.id === id)
        const all = before.map(bare)
        const guardrails = at < 0 ? [...all, one] : all.with(at, one)
        const found = await client.putModelGuardrails({ body: { guardrails } })
        const { words, of } = found.guardrails.find(({ guard }) => guard.id === id) ?? { words: '', of: [] }
        output.result(found, () =>
          output.line(`${id} ${words}, on ${of.join(', ')}. It holds from the next request on.`),
        )
        return EXIT.ok
      }),
    )
  guardrails
    .command('remove')
    .description('take one away')
    .argument('<id>')
    .action(
      withServer(async ({ client, output }, id: string) => {
        const { guardrails: before } = await client.getModelGuardrails()
        const rest = before.filter(({ guard }) => guard.id !== id).map(bare)
        if (rest.length === before.length)
          throw new UsageError(`There is no guardrail ${id}. \`airworthy guardrails\` lists them.`)
        const found = await client.putModelGuardrails({ body: { guardrails: rest } })
        output.result(found, () =>
          output.line(`${id} is gone. ${rest.length === 0 ? 'None is left.' : `${rest.length} left.`}`),
        )
        return EXIT.ok
      }),
    )
  guardrails
    .command('set')
    .description('replace all by those of a file')
    .argument('<file>', 'JSON: {"guardrails": [{"of": ["*"], "guard": {…}}]}, as --json shows them')
    .action(
      withServer(async ({ client, output }, file: string) => {
        const found = await client.putModelGuardrails({
          body: { guardrails: guardrailsIn(await readFile(file, 'utf8'), file) },
        })
        output.result(found, () => output.line(`${found.guardrails.length} in force, from the next request on.`))
        return EXIT.ok
      }),
    )
}

/** The server says what is missing, or too much, for a detector. */
function guardrailOf(id: string, { of, terms, pattern, example, anyCase, most, message, ...own }: Added): Guardrail {
  const more = { terms, pattern, example, anyCase, most: most === undefined ? undefined : Number(most), message }
  const said = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined))
  return { ...(of && { of }), guard: { id, ...own, ...said } as Guardrail['guard'] }
}

/** As it is put: what is only shown is left out. */
const bare = ({ of, guard }: Guardrail): Guardrail => ({ of, guard })

function guardrailsIn(text: string, file: string): Guardrail[] {
  let value: { guardrails?: Guardrail[] } | null = null
  try {
    value = JSON.parse(text)
  } catch {
    // Said below.
  }
  if (Array.isArray(value?.guardrails)) return value.guardrails.map(bare)
  throw new UsageError(`${file} is no JSON with a list \`guardrails\`. \`airworthy guardrails --json\` shows one.`)
}
