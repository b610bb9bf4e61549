/** alerts: what somebody should see to, and saying that one does. */
import { type Command, InvalidArgumentError } from 'commander'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'

type Drawing = { errors?: number; cost?: number; provider?: number; reason?: string }

export function addAlertCommands(program: Command): void {
  const alerts = program
    .command('alerts')
    .description(
      'what somebody should see to: errors, cost, a provider, KPIs, old data; exits with 1 while any is open',
    )
    .option('--application <name>', 'of one application alone')
    .option('--all', 'those that are over as well')
    .action(
      withServer(async ({ client, output }, { application, all }: { application?: string; all?: boolean }) => {
        const found = await client.listAlerts({ query: application === undefined ? {} : { application } })
        const items = found.items.filter(({ state }) => all || state !== 'over')
        output.result(items, () =>
          output.table(
            ['alert', 'application', 'state', 'since', 'what', 'says'],
            items.map(({ id, application: of, state, openedAt, title, says }) => [
              id,
              of,
              state,
              openedAt,
              title,
              says,
            ]),
            'Nothing that somebody should see to.',
          ),
        )
        return items.some(({ state }) => state === 'open') ? EXIT.failed : EXIT.ok
      }),
    )
  alerts
    .command('see')
    .description('say that you saw an alert, and what you do about it; it is over by itself')
    .argument('<alert>')
    .option('--note <text>', 'what you do about it', '')
    .action(
      withServer(async ({ client, output }, id: string, { note }: { note: string }) => {
        const seen = await client.acknowledgeAlert({ params: { id }, body: { note } })
        output.result(seen, () => output.line(`You see to: ${seen.title} (${seen.application}).`))
        return EXIT.ok
      }),
    )
  alerts
    .command('lines')
    .description('from where on errors, cost and a provider are alerts; with --reason, draw lines elsewhere')
    .argument('<application>')
    .option('--errors <share>', "of a day's requests that failed, for example 0.02", shareOf)
    .option('--cost <share>', "of the month's cap", shareOf)
    .option('--provider <share>', "of a model's requests in 15 minutes", shareOf)
    .option('--reason <text>', 'why; lines that are not named go back to where they are for all')
    .action(
      withServer(async ({ client, output }, name: string, { reason, ...lines }: Drawing) => {
        const params = { name }
        if (reason === undefined && Object.keys(lines).length > 0)
          throw new UsageError('Say why the lines are drawn elsewhere: --reason "…".')
        const found =
          reason === undefined
            ? await client.getAlertLines({ params })
            : await client.drawAlertLines({ params, body: { lines, reason } })
        output.result(found, () => {
          output.table(
            ['line', 'here', 'for all'],
            Object.entries(found.usual).map(([line, usual]) => [
              line,
              String(found.lines[line as keyof typeof found.lines]),
              String(usual),
            ]),
          )
          for (const { createdAt, reason: why } of found.history) output.line(`${createdAt}  ${why}`)
        })
        return EXIT.ok
      }),
    )
  alerts
    .command('look')
    .description('look at all applications now, as is done every five minutes')
    .action(
      withServer(async ({ client, output }) => {
        const round = await client.lookForAlerts()
        output.result(round, () =>
          output.line(`${plural(round.opened, 'alert')} began, ${plural(round.ended, 'alert')} ended.`),
        )
        return EXIT.ok
      }),
    )
}

function shareOf(text: string): number {
  const share = Number(text)
  if (!(share > 0 && share <= 1)) throw new InvalidArgumentError('Write a share from 0 to 1, such as 0.05.')
  return share
}
