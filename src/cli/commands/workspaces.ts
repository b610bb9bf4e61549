/** workspaces: one application each, capped and without personal data, that stays in the sandbox. */
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

type Open = { template?: string; usdPerMonth: string; days: string }

const MICRO_PER_USD = 1_000_000
const dollars = (microUsd: string) => `$${Number(microUsd) / MICRO_PER_USD}`

export function addWorkspaceCommands(program: Command): void {
  const workspaces = program
    .command('workspaces')
    .description('sandbox workspaces: one application each, capped, without personal data')
  workspaces
    .command('list')
    .description('by the name of their application')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listWorkspaces({})
        output.result(items, () =>
          output.table(
            ['application', 'purpose', 'spent', 'until', 'state'],
            items.map(({ application, purpose, spentMicroUsd, costMicroUsdPerMonth, expiresAt, closedAt }) => [
              application,
              purpose,
              `${dollars(spentMicroUsd)} of ${dollars(costMicroUsdPerMonth)}`,
              expiresAt,
              closedAt === null ? 'open' : 'left',
            ]),
            'No workspace yet. `airworthy workspaces open --help` says how.',
          ),
        )
        return EXIT.ok
      }),
    )
  workspaces
    .command('open')
    .description('open one with a new application; its key is shown once')
    .argument('<application>')
    .argument('<purpose>', 'what is to be found out')
    .option('--template <name>', 'what it begins from')
    .option('--usd-per-month <amount>', 'what it may spend, 50 at most', '5')
    .option('--days <n>', 'its key ends after so many, 90 at most', '14')
    .action(
      withServer(
        async ({ client, output }, application: string, purpose: string, { template, usdPerMonth, days }: Open) => {
          const { workspace, secret } = await client.openWorkspace({
            body: {
              ...{ application, purpose, expiresInDays: Number(days), ...(template && { template }) },
              costMicroUsdPerMonth: String(Math.round(Number(usdPerMonth) * MICRO_PER_USD)),
            },
          })
          output.result({ workspace, secret }, () => {
            output.line(`${application} is open until ${workspace.expiresAt}. Its key, shown once: ${secret}`)
            output.line('Work in it with that key as AIRWORTHY_TOKEN.')
          })
          return EXIT.ok
        },
      ),
    )
  workspaces
    .command('close')
    .description('let the application leave: its key ends, and it may go on to other stages')
    .argument('<application>')
    .action(
      withServer(async ({ client, output }, application: string) => {
        const workspace = await client.closeWorkspace({ params: { application } })
        output.result(workspace, () => output.line(`${application} has left its workspace and stays as it is.`))
        return EXIT.ok
      }),
    )
}
