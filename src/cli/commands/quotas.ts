/** quotas: what providers let us ask, as they say themselves and as somebody declared. */
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Output } from '../output.ts'

type Items = Awaited<ReturnType<Client['listQuotas']>>['items']
type Limit = NonNullable<Items[number]['declared']>['limits'][number]
type Given = Readonly<Record<string, string | undefined>>

const COUNTED = ['requests', 'tokens', 'input-tokens', 'output-tokens'] as const
const PER = ['minute', 'day'] as const

export function addQuotaCommands(program: Command): void {
  const quotas = program
    .command('quotas')
    .description('what providers let us ask: as their answers said last, and as declared')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listQuotas()
        output.result(items, () => show(output, items))
        return EXIT.ok
      }),
    )

  const set = quotas
    .command('set')
    .description('declare what a provider or one of its models may be asked; in place of what was declared')
    .argument('<target>', 'a provider, or one of its models: openai, openai/gpt-4o')
    .option('--credential <name>', 'one of its keys; any when left out')
  for (const counted of COUNTED)
    for (const per of PER)
      set.option(`--${counted}-per-${per} <n>`, `${counted} a ${per}; \`none\` where there is no limit`)
  set.action(
    withServer(async ({ client, output }, target: string, given: Given) => {
      const limits = limitsIn(given)
      if (limits.length === 0)
        throw new Error(
          'Say at least one limit, such as --requests-per-minute 500, or take it back with `quotas clear`.',
        )
      return declare({ client, output }, { target, ...credentialIn(given), limits })
    }),
  )

  quotas
    .command('clear')
    .description('take back what was declared')
    .argument('<target>', 'a provider, or one of its models')
    .option('--credential <name>', 'one of its keys; any when left out')
    .action(
      withServer(async ({ client, output }, target: string, given: Given) =>
        declare({ client, output }, { target, ...credentialIn(given), limits: [] }),
      ),
    )
}

async function declare(
  { client, output }: { client: Client; output: Output },
  body: Parameters<Client['declareQuota']>[0]['body'],
) {
  const { items } = await client.declareQuota({ body })
  output.result(items, () => show(output, items))
  return EXIT.ok
}

const credentialIn = ({ credential }: Given) => (credential === undefined ? {} : { credential })

const limitsIn = (given: Given): Limit[] =>
  COUNTED.flatMap((counted) =>
    PER.flatMap((per) => {
      const text = given[`${camel(counted)}Per${per[0]?.toUpperCase()}${per.slice(1)}`]
      return text === undefined ? [] : [{ counted, per, limit: limitIn(`--${counted}-per-${per}`, text) }]
    }),
  )

/** What is no number would leave as null, which says that there is no limit. */
function limitIn(option: string, text: string): number | null {
  if (text === 'none') return null
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new Error(`${option}: "${text}" is no whole number above 0. Give one, or \`none\` where there is no limit.`)
}

/** As the parser of options names them. */
const camel = (counted: string): string => counted.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

function show(output: Output, items: Items): void {
  output.table(
    ['target', 'key', 'counted', 'a', 'limit', 'left', 'from', 'at'],
    items.flatMap(({ target, credential, read, declared }) => [
      ...(read?.limits ?? []).map(({ counted, per, limit, remaining }) => [
        ...[target, credential ?? 'any', counted, per ?? 'not said', String(limit)],
        ...[remaining === null ? '-' : String(remaining), 'its answers', read?.at ?? ''],
      ]),
      ...(declared?.limits ?? []).map(({ counted, per, limit }) => [
        ...[target, credential ?? 'any', counted, per, limit === null ? 'none' : String(limit)],
        ...['-', 'declared', declared?.at ?? ''],
      ]),
    ]),
    'No provider said what it may be asked, and nobody declared it.',
  )
}
