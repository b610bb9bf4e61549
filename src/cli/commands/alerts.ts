/** alerts: what somebody should see to, and saying that one does. */
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { counted } from '../wording.ts'

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
    .command('look')
    .description('look at all applications now, as is done every five minutes')
    .action(
      withServer(async ({ client, output }) => {
        const round = await client.lookForAlerts()
        output.result(round, () =>
          output.line(`${counted(round.opened, 'alert')} began, ${counted(round.ended, 'alert')} ended.`),
        )
        return EXIT.ok
      }),
    )
}
