/** usage and cost: what was used and what it cost, computed again, and beside a provider's own export. */
import { readFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { percent as percentOf } from '../wording.ts'

type Asked = { by: string; since?: string; until?: string; application?: string; model?: string; csv?: boolean }
type Reconciliation = Awaited<ReturnType<Client['reconcileUsage']>>
type Recomputed = Awaited<ReturnType<Client['recomputeCosts']>>

export function addCostCommands(program: Command): void {
  program
    .command('usage')
    .description('requests, tokens and money by what requests have in common; the last 30 days when not said')
    .option(
      '--by <groups>',
      'one to four of application, key, team, user, feature, model, release, day, with commas',
      'application',
    )
    .option('--since <instant>')
    .option('--until <instant>', 'before this instant')
    .option('--application <name>')
    .option('--model <name>', 'provider/model')
    .option('--csv', 'as a table for a spreadsheet')
    .action(
      withServer(async ({ client, output }, { csv, ...query }: Asked) => {
        if (csv) {
          process.stdout.write(await (await client.getUsageCsv({ query })).text())
          return EXIT.ok
        }
        const usage = await client.getUsageBy({ query })
        output.result(usage, () => showUsage(output, usage))
        return EXIT.ok
      }),
    )
  const cost = program.command('cost').description('what requests cost: computed again, and beside a provider’s export')
  cost
    .command('recompute')
    .description(
      'compute old requests again, each under its price book of that day; names those that come to something else',
    )
    .option('--since <instant>', 'the last 30 days when left out')
    .option('--until <instant>', 'before this instant')
    .option('--application <name>')
    .option('--check', 'exit with 1 when any differs')
    .action(
      withServer(async ({ client, output }, { check, ...query }: { check?: boolean } & Omit<Asked, 'by'>) => {
        const sum: Recomputed = { checked: 0, agrees: 0, differs: 0, cannot: 0, items: [], next: null }
        let cursor: string | undefined
        do {
          const page = await client.recomputeCosts({ query: { ...query, limit: 1000, ...(cursor && { cursor }) } })
          for (const name of ['checked', 'agrees', 'differs', 'cannot'] as const) sum[name] += page[name]
          sum.items.push(...page.items)
          cursor = page.next ?? undefined
          output.progress(`${sum.checked} computed again`)
        } while (cursor)
        output.settle()
        output.result(sum, () => showRecomputed(output, sum))
        return check && sum.differs > 0 ? EXIT.failed : EXIT.ok
      }),
    )
  cost
    .command('reconcile')
    .description("compare our records with a provider's export of usage or costs, by day and model")
    .argument('<file>', 'JSON of the usage or costs API of OpenAI or Anthropic, or CSV of their consoles')
    .option('--provider <name>', 'whose requests of ours are meant, when it has another name here')
    .option('--tokens <percent>', 'tokens agree up to this difference', percent, 0.1)
    .option('--money <percent>', 'money agrees up to this difference', percent, 1)
    .action(
      withServer(
        async (
          { client, output },
          file: string,
          { provider, tokens, money }: { provider?: string; tokens: number; money: number },
        ) => {
          const content = await readFile(file, 'utf8')
          const tolerance = { tokens: tokens / 100, money: money / 100 }
          const found = await client.reconcileUsage({
            body: { content, tolerance, ...(provider !== undefined && { provider }) },
          })
          output.result(found, () => showReconciliation(output, found))
          return found.agrees ? EXIT.ok : EXIT.failed
        },
      ),
    )
}

function showUsage(output: Output, { by, items, total, isCut }: Awaited<ReturnType<Client['getUsageBy']>>): void {
  // Most keep no answers, and a terminal is narrow.
  const isKept = total.keptAnswers > 0
  const row = (one: typeof total) => [
    String(one.requests),
    String(one.errors),
    String(one.inputTokens),
    String(one.outputTokens),
    one.priced === 0 && one.unpriced > 0 ? 'unknown' : dollars(one.costMicroUsd),
    one.unpriced === 0 ? '-' : `${one.unpriced} (${one.unpricedTokens} tokens)`,
    ...(isKept ? [keptOf(one), savedOf(one)] : []),
  ]
  output.table(
    [
      ...[...by, 'requests', 'errors', 'tokens in', 'tokens out', 'cost', 'without a price'],
      ...(isKept ? ['kept answers', 'saved'] : []),
    ],
    [
      ...items.map((item) => [...by.map((group) => item.group[group] ?? '-'), ...row(item)]),
      ...(items.length > 0 ? [[...by.map((_, i) => (i === 0 ? 'total' : '')), ...row(total)]] : []),
    ],
    'Nothing was used in this time.',
  )
  if (isCut)
    output.line('\nThere are more rows than are shown; the total counts all. Ask for a shorter time, or --csv.')
}

type Total = Awaited<ReturnType<Client['getUsageBy']>>['total']

const keptOf = ({ keptAnswers, keptShare }: Total) =>
  keptAnswers === 0 ? '-' : `${keptAnswers} (${percentOf(keptShare ?? 0)})`

/** What has no price saved no zero. */
const savedOf = ({ keptAnswers, savedMicroUsd, savedUnpriced }: Total) => {
  if (keptAnswers === 0) return '-'
  if (savedMicroUsd === null) return 'unknown'
  return savedUnpriced === 0 ? dollars(savedMicroUsd) : `${dollars(savedMicroUsd)} and ${savedUnpriced} unknown`
}

function showRecomputed(output: Output, { checked, agrees, differs, cannot, items }: Recomputed): void {
  output.line(
    `${checked} computed again: ${agrees} come to the same, ${differs} differ, ${cannot} cannot be computed.\n`,
  )
  if (items.length > 0)
    output.table(
      ['trace', 'at', 'models', 'then', 'now'],
      items.map(({ traceId, at, models, again, costMicroUsd, againMicroUsd }) => [
        traceId,
        at,
        models.join(', '),
        dollars(costMicroUsd),
        again === 'cannot' ? 'its price book is not kept' : dollars(againMicroUsd),
      ]),
    )
}

function showReconciliation(output: Output, found: Reconciliation): void {
  const { format, provider, since, until, taken, items, total, tolerance, notes } = found
  output.line(`${format} of ${provider}, ${since} to ${until}.`)
  output.line(`Taken: ${taken.map(({ figure, from }) => `${figure} from ${from}`).join('; ')}.`)
  output.line(`Agrees up to ${tolerance.tokens * 100} % of tokens and ${tolerance.money * 100} % of money.\n`)
  const cells = (one: (typeof total)['ours'] | null) => [
    one === null ? '-' : figure(one.inputTokens),
    one === null ? '-' : figure(one.outputTokens),
    one === null ? '-' : one.costMicroUsd === null ? 'not said' : dollars(one.costMicroUsd),
  ]
  output.table(
    ['day', 'model', 'ours in', 'out', 'cost', 'theirs in', 'out', 'cost', 'finding'],
    [
      ...items.map(({ day, model, ours, theirs, finding, differs }) => [
        day,
        model ?? 'all',
        ...cells(ours),
        ...cells(theirs),
        finding === 'differs' ? `differs: ${differs.map((one) => FIGURES[one]).join(', ')}` : finding,
      ]),
      ['total', '', ...cells(total.ours), ...cells(total.theirs), found.agrees ? 'agrees' : ''],
    ],
  )
  for (const note of notes) output.line(`\n${note}`)
}

const FIGURES = { inputTokens: 'tokens in', outputTokens: 'tokens out', costMicroUsd: 'cost' } as const

const figure = (amount: number | null): string => (amount === null ? 'not said' : String(amount))

/** Micro-dollars as dollars, to the millionth. */
function dollars(microUsd: string | null): string {
  if (microUsd === null) return 'unknown'
  const [whole = '0'] = microUsd.split('.')
  const digits = whole.replace('-', '').padStart(7, '0')
  return `${microUsd.startsWith('-') ? '-' : ''}$${digits.slice(0, -6)}.${digits.slice(-6)}`
}

function percent(text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && number >= 0 && number <= 100) return number
  throw new InvalidArgumentError('A percentage is a number from 0 to 100.')
}
