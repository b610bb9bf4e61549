/** waiver: lets a release through in spite of one finding, with an end and by a second person. */
import { type Command, Option } from 'commander'
import type { GatedStage, Waiver } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import { findRelease } from '../releases.ts'
import { stageArgument } from '../stage-argument.ts'

type Where = { application?: string; release?: string }
type Approving = { code?: string }

const STATES: Waiver['state'][] = ['requested', 'granted', 'refused', 'ended']

/** Where the installation asks for a second factor when somebody approves. */
const withCode = (command: Command) => command.option('--code <digits>', 'of your authenticator app')
const codeOf = ({ code }: Approving) => (code === undefined ? {} : { oneTimeCode: code })

export function addWaiverCommands(program: Command): void {
  const where = (command: Command) =>
    command
      .option('--application <name>', 'that of this folder when left out')
      .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
  const waiver = program
    .command('waiver')
    .description('let a release through in spite of one finding: with an end, and by a second person')
  where(
    waiver
      .command('request')
      .description('ask for one, or for another while one runs')
      .argument('<check>')
      .addArgument(stageArgument()),
  )
    .requiredOption('--reason <text>')
    .requiredOption('--risk <text>', 'the risk that stays')
    .requiredOption('--instead <text>', 'what is done in place of the check')
    .option('--days <n>', 'at most 90', '7')
    .action(
      withServer(
        async (
          { client, output },
          check: string,
          into: GatedStage,
          options: Where & { reason: string; risk: string; instead: string; days: string },
        ) => {
          const application = applicationHere(options.application)
          const release = await findRelease(client, application, options.release)
          const made = await client.requestWaiver({
            body: {
              release: release.id,
              into,
              check,
              reason: options.reason,
              residualRisk: options.risk,
              compensatingControl: options.instead,
              days: Number(options.days),
            },
          })
          output.result(made, () =>
            output.line(`Asked for ${made.id}. Somebody else decides: airworthy waiver grant ${made.id}`),
          )
          return EXIT.ok
        },
      ),
    )
  for (const decision of ['grant', 'refuse'] as const)
    withCode(waiver.command(decision))
      .description(`${decision} one that somebody else asked for`)
      .argument('<waiver>')
      .action(
        withServer(async ({ client, output }, id: string, options: Approving) => {
          const decided = await client.decideWaiver({ params: { id }, body: { decision } }, codeOf(options))
          output.result(decided, () =>
            output.line(
              `${decided.id} is ${decided.state}${decided.state === 'granted' ? ` until ${decided.until}` : ''}.`,
            ),
          )
          return EXIT.ok
        }),
      )
  waiver
    .command('end')
    .description('take one back before its time; the check holds the gate again')
    .argument('<waiver>')
    .requiredOption('--reason <text>', 'at least ten characters')
    .action(
      withServer(async ({ client, output }, id: string, { reason }: { reason: string }) => {
        const ended = await client.endWaiver({ params: { id }, body: { reason } })
        output.result(ended, () =>
          output.line(`${id} is ended; ${ended.check} holds the gate into ${ended.into} again.`),
        )
        return EXIT.ok
      }),
    )
  waiver
    .command('list')
    .description('waivers, newest first, with who, why and until when')
    .option('--application <name>')
    .addOption(new Option('--state <state>').choices(STATES))
    .action(
      withServer(
        async ({ client, output }, { application, state }: { application?: string; state?: Waiver['state'] }) => {
          const { items } = await client.listWaivers({ query: { application, state, limit: 1000 } })
          output.result(items, () =>
            output.table(
              ['id', 'application', 'check', 'into', 'state', 'until', 'reason', 'risk that stays', 'done instead'],
              items.map((one) => [
                one.id,
                one.application,
                one.check,
                one.into,
                one.state,
                one.until.slice(0, 10),
                one.reason,
                one.residualRisk,
                one.compensatingControl,
              ]),
              'Nothing is waived.',
            ),
          )
          return EXIT.ok
        },
      ),
    )
}
