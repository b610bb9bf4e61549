/** kpis: the numbers of the business, where each stands, and what they became: typed, from a table, or by events. */
import { readFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { figure } from '../wording.ts'

type Events = Parameters<Client['sendKpiEvents']>[0]['body']

export function addKpiCommands(program: Command): void {
  const kpis = program
    .command('kpis')
    .description('the KPIs of an application and what they became; exits with 1 when one crossed its line')
    .argument('<application>')
    .action(
      withServer(async ({ client, output }, name: string) => {
        const { charter } = await client.getPlan({ params: { name }, query: {} })
        output.result(charter.kpis, () =>
          output.table(
            ['KPI', 'before', 'target', 'became', 'n', 'measured', 'state'],
            charter.kpis.map(({ name: kpi, baseline, target, actual, state }) => [
              kpi,
              String(baseline ?? '-'),
              String(target ?? '-'),
              figure(actual?.value ?? null),
              figure(actual?.n ?? null),
              actual?.measuredAt.slice(0, 10) ?? '-',
              state,
            ]),
            'The charter has no KPI.',
          ),
        )
        return charter.kpis.some(({ state }) => state === 'alert' || state === 'stop') ? EXIT.failed : EXIT.ok
      }),
    )
  kpis
    .command('record')
    .description('say what a KPI became')
    .argument('<application>')
    .argument('<kpi>', 'its name, as the charter has it')
    .argument('<value>', 'a number', numberOf)
    .option('--cases <number>', 'over how many cases', numberOf)
    .option('--source <text>', 'where the number comes from', 'said on the command line')
    .action(
      withServer(
        async (
          { client, output },
          name: string,
          kpi: string,
          value: number,
          { cases: n, source }: { cases?: number; source: string },
        ) => {
          const values = [{ kpi, value, source, ...(n !== undefined && { n }) }]
          const { items } = await client.recordKpiValues({ params: { name }, body: { values } })
          output.result(items, () => output.line(`${kpi} of ${name} is ${value} now.`))
          return EXIT.ok
        },
      ),
    )
  kpis
    .command('import')
    .description('take in what KPIs became from a table: kpi,value,n,measuredAt,source')
    .argument('<application>')
    .argument('<file>')
    .action(
      withServer(async ({ client, output }, name: string, file: string) => {
        const csv = await readFile(file, 'utf8')
        const { items } = await client.importKpiValues({ params: { name }, body: { csv } })
        output.result(items, () => output.line(`${plural(items.length, 'value')} taken in.`))
        return EXIT.ok
      }),
    )
  kpis
    .command('send')
    .description('send cases as CloudEvents, one or a list; each period of the charter becomes a value')
    .argument('<application>')
    .argument('<file>', 'JSON')
    .action(
      withServer(async ({ client, output }, name: string, file: string) => {
        const found = await client.sendKpiEvents({ params: { name }, body: await eventsIn(file) })
        output.result(found, () => output.line(`${plural(found.taken, 'event')} taken, ${found.known} known before.`))
        return EXIT.ok
      }),
    )
  kpis
    .command('roll-up')
    .description('make values of the events of every period that is over now, as is done every hour')
    .argument('<application>')
    .action(
      withServer(async ({ client, output }, name: string) => {
        const found = await client.rollUpKpiEvents({ params: { name } })
        output.result(found, () => output.line(`${plural(found.values, 'value')} made.`))
        return EXIT.ok
      }),
    )
}

/** What is in it the server says; here it has to be JSON alone. */
async function eventsIn(file: string): Promise<Events> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (thrown) {
    throw new UsageError(`${file}: ${(thrown as Error).message}. Give a file with a CloudEvent, or a list of them.`)
  }
}

function numberOf(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('Write a number.')
  return number
}
