/** prices: what models cost, what you say they cost, and what becomes of those whose price nobody knows. */
import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { Output } from '../output.ts'

type PutPrice = Parameters<Client['putOwnPrice']>[0]['body']
type Said = { input: string; output: string; reason: string; from?: string } & Readonly<
  Record<(typeof RATES)[number], string | undefined>
>

/** Rates in dollars per million tokens that may be said beside input and output. */
const RATES = [
  'cacheRead',
  'cacheWrite',
  'cacheWriteHour',
  'reasoning',
  'inputAudio',
  'outputAudio',
  'inputImage',
  'outputImage',
] as const

export function addPriceCommands(program: Command): void {
  const prices = program.command('prices').description('what models cost, in dollars per million tokens')
  prices
    .command('list')
    .description('the book in force, and the prices of your own with every version')
    .action(
      withServer(async ({ client, output }) => {
        const [book, { items }] = await Promise.all([client.getPriceBook(), client.listOwnPrices()])
        output.result({ book, own: items }, () => {
          output.line(`${book.name} of ${book.asOf}: ${book.models} models, ${book.digest.slice(0, 15)}…\n`)
          output.table(
            ['model', 'version', 'from', '$ in/out per million', 'reason'],
            items.map(({ model, version, from, rates, reason }) => [
              model,
              String(version),
              from,
              rates ? `${rates.input} / ${rates.output}` : 'taken back',
              reason,
            ]),
            'You have put no price of your own.',
          )
        })
        return EXIT.ok
      }),
    )
  prices
    .command('show')
    .description('what one model costs now, and who says so')
    .argument('<model>', 'provider/model')
    .action(
      withServer(async ({ client, output }, model: string) => {
        const found = await client.getPrice({ params: { model } })
        output.result(found, () => show(output, found))
        return found.price ? EXIT.ok : EXIT.undecided
      }),
    )
  const set = prices
    .command('set')
    .description('say what a model costs you; 0 for what runs on your own machine')
    .argument('<model>', 'provider/model')
    .requiredOption('--input <dollars>', 'a million tokens in')
    .requiredOption('--output <dollars>', 'a million tokens out')
    .requiredOption('--reason <text>', 'what it rests on: a contract, a calculation')
    .option('--from <instant>', 'in force from then; now when left out')
  for (const rate of RATES) set.option(`--${dashed(rate)} <dollars>`, WHAT[rate])
  set.action(
    withServer(async ({ client, output }, model: string, { input, output: out, reason, from, ...more }: Said) => {
      const rates = { input, output: out, ...Object.fromEntries(Object.entries(more).filter(([, rate]) => rate)) }
      const body: PutPrice = { rates, reason, ...(from !== undefined && { from }) }
      const put = await client.putOwnPrice({ params: { model }, body })
      output.result(put, () => output.line(`${model} costs ${input} in and ${out} out from ${put.from}.`))
      return EXIT.ok
    }),
  )
  prices
    .command('import')
    .description('put the prices of a file: a JSON list of {"model", "rates", "reason", "from"?}')
    .argument('<file>')
    .action(
      withServer(async ({ client, output }, file: string) => {
        const put: Awaited<ReturnType<Client['putOwnPrice']>>[] = []
        for (const { model, ...body } of listIn(await readFile(file, 'utf8'), file))
          put.push(await client.putOwnPrice({ params: { model }, body }))
        output.result(put, () =>
          output.table(
            ['model', 'version', 'from'],
            put.map(({ model, version, from }) => [model, String(version), from]),
            'The list is empty.',
          ),
        )
        return EXIT.ok
      }),
    )
  prices
    .command('remove')
    .description('take your price of a model back from now on; what was settled keeps its amount')
    .argument('<model>', 'provider/model')
    .action(
      withServer(async ({ client, output }, model: string) => {
        await client.deleteOwnPrice({ params: { model } })
        output.line(`The book that comes with the program holds again for ${model}.`)
        return EXIT.ok
      }),
    )
  const policy = prices
    .command('policy')
    .description('what becomes of models whose price nobody knows; blocked where money is capped, unless said here')
    .action(
      withServer(async ({ client, output }) => {
        showPolicies(output, (await client.listPricePolicies()).items)
        return EXIT.ok
      }),
    )
  for (const [word, onUnknownPrice, what] of [
    ['block', 'block', 'refuse them'],
    ['flag', 'flag', 'answer them, and show them apart from what has a price'],
    ['unset', null, 'take the word back'],
  ] as const)
    policy
      .command(word)
      .description(what)
      .addOption(new Option('--application <name>', 'of one application; of the organisation when left out'))
      .requiredOption('--reason <text>', 'why')
      .action(
        withServer(async ({ client, output }, { application, reason }: { application?: string; reason: string }) => {
          const params =
            application === undefined
              ? ({ scope: 'organisation', name: 'default' } as const)
              : ({ scope: 'application', name: application } as const)
          const { items } = await client.setPricePolicy({ params, body: { onUnknownPrice, reason } })
          showPolicies(output, items)
          return EXIT.ok
        }),
      )
}

const WHAT: Readonly<Record<(typeof RATES)[number], string>> = {
  cacheRead: 'tokens read from the cache',
  cacheWrite: 'tokens into the cache for minutes',
  cacheWriteHour: 'tokens into the cache for an hour',
  reasoning: 'tokens of reasoning',
  inputAudio: 'tokens of sound in',
  outputAudio: 'tokens of sound out',
  inputImage: 'tokens of pictures in',
  outputImage: 'tokens of pictures out',
}

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function show(output: Output, { model, price, own }: Awaited<ReturnType<Client['getPrice']>>): void {
  if (!price) {
    output.line(`Nobody has said what ${model} costs: airworthy prices set ${model} --input … --output … --reason …`)
    return
  }
  const { source, tiers = {}, longContext = [], hours = [], perThousandCalls = {}, ...rates } = price
  const rows = Object.entries(rates).flatMap(([name, rate]) => (typeof rate === 'string' ? [[name, rate]] : []))
  const said = (one: object) =>
    Object.entries(one)
      .flatMap(([name, rate]) => (typeof rate === 'string' ? `${name} ${rate}` : []))
      .join(', ')
  output.table(
    ['rate', 'dollars'],
    [
      ...rows,
      ...Object.entries(tiers).map(([tier, one]) => [`served as ${tier}`, said(one)]),
      ...longContext.map(({ above, rates: one }) => [`above ${above} tokens`, said(one)]),
      ...hours.map(({ from, until, rates: one }) => [`${from} to ${until} UTC`, said(one)]),
      ...Object.entries(perThousandCalls).map(([tool, rate]) => [`a thousand calls of ${tool}`, rate]),
    ],
  )
  output.line(`\n${own[0]?.rates ? `Your own, version ${own[0].version}: ${own[0].reason}` : `Says: ${source}`}`)
}

function showPolicies(output: Output, items: Awaited<ReturnType<Client['listPricePolicies']>>['items']): void {
  output.result(items, () =>
    output.table(
      ['of', 'unknown prices are', 'reason'],
      items.map(({ scope, name, onUnknownPrice, reason }) => [
        scope === 'organisation' ? 'the organisation' : name,
        onUnknownPrice === 'block' ? 'blocked' : 'flagged',
        reason,
      ]),
      'Nothing is said: unknown prices are blocked where money is capped, and flagged elsewhere.',
    ),
  )
}

function listIn(text: string, file: string): ({ model: string } & PutPrice)[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`${file} is not JSON: ${(cause as Error).message}.`)
  }
  // The server checks what is in each of them.
  if (Array.isArray(value) && value.every((one) => typeof one?.model === 'string'))
    return value as ({ model: string } & PutPrice)[]
  throw new UsageError(
    `${file} is no list of prices. Write [{"model": "provider/model", "rates": {"input": "0.4", …}, "reason": "…"}].`,
  )
}
