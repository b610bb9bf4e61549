/** rollout: start, watch, pause, resume, abort. */
import type { Command } from 'commander'
import type { GatedStage, ServedRollout } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findRelease } from '../releases.ts'
import { figure, percent } from '../wording.ts'

const POLL_MS = 1000

export function addRolloutCommands(program: Command): void {
  const rollout = program.command('rollout').description('move the live traffic of a stage to a release, step by step')

  rollout
    .command('start')
    .description('roll out a promoted release by the plan of the application')
    .requiredOption('--application <name>', 'the application')
    .option('--release <release>', 'the newest when left out')
    .requiredOption('--stage <stage>', 'poc, pilot or production')
    .option('--again <reason>', 'try a release again that was rolled back automatically')
    .action(
      withServer(
        async (context, options: { application: string; release?: string; stage: GatedStage; again?: string }) => {
          const release = await findRelease(context.client, options.application, options.release)
          const started = await context.client.startRollout({
            params: { name: options.application },
            body: {
              to: release.id,
              stage: options.stage,
              ...(options.again !== undefined && { again: options.again }),
            },
          })
          return show(context, started)
        },
      ),
    )

  rollout
    .command('list')
    .description('rollouts, newest first')
    .option('--application <name>', 'only of this application')
    .action(
      withServer(async ({ client, output }, options: { application?: string }) => {
        const { items } = await client.listRollouts({
          query: options.application === undefined ? {} : { application: options.application },
        })
        output.result(items, () =>
          output.table(
            ['rollout', 'application', 'stage', 'state', 'share', 'reason'],
            items.map((one) => [one.id, one.application, one.stage, one.state, percent(one.share), one.reason]),
            'There is no rollout. One begins when a release is promoted into a stage where another is live.',
          ),
        )
        return EXIT.ok
      }),
    )

  rollout
    .command('watch')
    .description('follow a rollout until it ends; exit 1 when it was rolled back')
    .argument('<rollout>')
    .action(
      withServer(async (context, id: string) => {
        for (;;) {
          const current = await context.client.getRollout({ params: { id } })
          if (!['planned', 'running', 'holding', 'paused'].includes(current.state)) {
            context.output.settle()
            return show(context, current)
          }
          context.output.progress(
            `${current.state} at ${percent(current.plan.steps[current.step] ?? 1)}: ${current.latest?.why[0] ?? 'waiting for the first requests'}`,
          )
          await new Promise((resolve) => setTimeout(resolve, POLL_MS))
        }
      }),
    )

  for (const [verb, call] of [
    ['pause', 'pauseRollout'],
    ['resume', 'resumeRollout'],
  ] as const)
    rollout
      .command(verb)
      .description(verb === 'pause' ? 'stay on this share, decide nothing' : 'go on')
      .argument('<rollout>')
      .action(withServer(async (context, id: string) => show(context, await context.client[call]({ params: { id } }))))

  rollout
    .command('abort')
    .description('end it now; all traffic goes back to the release before')
    .argument('<rollout>')
    .requiredOption('--reason <text>')
    .action(
      withServer(async (context, id: string, options: { reason: string }) =>
        show(context, await context.client.abortRollout({ params: { id }, body: { reason: options.reason } })),
      ),
    )
}

async function show({ output }: Context, rollout: ServedRollout): Promise<ExitCode> {
  output.result(rollout, () => {
    output.line(`${rollout.id}: ${rollout.application} ${rollout.stage}, ${rollout.state}. ${rollout.reason}`)
    if (rollout.latest)
      output.table(
        ['metric', 'control', 'candidate', 'difference', 'upper limit', 'margin', 'verdict'],
        rollout.latest.metrics.map((reading) => [
          reading.metric,
          `${figure(reading.control.value)} (n ${reading.control.units})`,
          `${figure(reading.candidate.value)} (n ${reading.candidate.units})`,
          figure(reading.difference),
          figure(reading.upper),
          figure(reading.margin),
          `${reading.verdict}: ${reading.why}`,
        ]),
      )
  })
  return rollout.state === 'rolled-back' || rollout.state === 'aborted' ? EXIT.failed : EXIT.ok
}
