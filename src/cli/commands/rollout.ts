/** rollout: start, watch, pause, resume, abort. */
import type { Command } from 'commander'
import type { Feasibility, GatedStage, ServedRollout } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import { findRelease } from '../releases.ts'
import { stageArgument } from '../stage-argument.ts'
import { figure, percent } from '../wording.ts'

const POLL_MS = 1000

type StageOptions = { application: string; stage: GatedStage; usersPerDay?: number }
type StartOptions = StageOptions & { release?: string; again?: string; dryRun?: boolean }

export function addRolloutCommands(program: Command): void {
  const rollout = program.command('rollout').description('move the live traffic of a stage to a release, step by step')

  rollout
    .command('start')
    .description('roll out a promoted release by the plan of the application')
    .requiredOption('--application <name>', 'the application')
    .option('--release <release>', 'the newest when left out')
    .requiredOption('--stage <stage>', 'poc, pilot or production')
    .option(
      '--again <reason>',
      'try a release again that was rolled back automatically, or begin while the stage rests',
    )
    .option('--dry-run', 'start nothing; say what the plan could find out at this traffic')
    .option('--users-per-day <n>', 'with --dry-run: the traffic to reckon with, instead of what was measured', Number)
    .action(
      withServer(async (context, options: StartOptions) => {
        if (options.dryRun) return forecast(context, options)
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
      }),
    )

  rollout
    .command('feasibility')
    .description(
      'what the plan of a stage could find out at its traffic before it starts; exit 3 when it cannot decide',
    )
    .addArgument(stageArgument())
    .option('--application <name>', 'that of this folder when left out')
    .option('--users-per-day <n>', 'the traffic to reckon with, instead of what was measured', Number)
    .option('--accept <reason>', 'accept it as technical lead, which is the evidence ops.canaryplan')
    .action(
      withServer(
        async (
          context,
          stage: GatedStage,
          options: { application?: string; usersPerDay?: number; accept?: string },
        ) => {
          const ask = { ...options, stage, application: applicationHere(options.application) }
          if (options.accept === undefined) return forecast(context, ask)
          const found = await context.client.acceptRolloutPlan({
            params: { name: ask.application, stage },
            body: { reason: options.accept, ...traffic(options) },
          })
          return showForecast(context, found)
        },
      ),
    )

  rollout
    .command('replay')
    .description('make every decision again from the log; exit 1 when one comes out differently')
    .argument('<rollout>')
    .action(
      withServer(async ({ client, output }, id: string) => {
        const found = await client.replayRollout({ params: { id } })
        output.result(found, () => {
          output.line(
            `${found.rollout}: ${found.same} of ${found.replayed} decisions come out the same${found.notKept > 0 ? `, ${found.notKept} were kept without what they read` : ''}.`,
          )
          for (const { at, was, is, words } of found.differing) output.line(`  ${at}: ${was}, now ${is}. ${words}`)
        })
        return found.differing.length > 0 ? EXIT.failed : EXIT.ok
      }),
    )

  rollout
    .command('verdict')
    .description('the rollout of a stage as one figure: exit 0 go on, 1 roll back, 3 wait')
    .addArgument(stageArgument())
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, stage: GatedStage, options: { application?: string }) => {
        const params = { name: applicationHere(options.application), stage }
        const found = await client.getRolloutVerdict({ params })
        output.result(found, () => output.line(`${found.verdict}: ${found.why.join(' ')}`))
        return found.verdict === 'go' ? EXIT.ok : found.verdict === 'wait' ? EXIT.undecided : EXIT.failed
      }),
    )

  rollout
    .command('advance')
    .description('take the next step as a person, where the plan asks for one and the rule allows it')
    .argument('<rollout>')
    .action(
      withServer(async (context, id: string) => show(context, await context.client.advanceRollout({ params: { id } }))),
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

const traffic = ({ usersPerDay }: { usersPerDay?: number }) =>
  usersPerDay === undefined ? {} : { unitsPerDay: usersPerDay }

async function forecast(context: Context, { application, stage, ...rest }: StageOptions): Promise<ExitCode> {
  const found = await context.client.forecastRollout({ params: { name: application, stage }, body: traffic(rest) })
  return showForecast(context, found)
}

function showForecast({ output }: Context, found: Feasibility): ExitCode {
  output.result(found, () => {
    for (const words of found.words) output.line(words)
    output.table(
      ['share', 'users', 'days', 'why'],
      found.steps.map((step) => [percent(step.share), figure(step.units), figure(step.days), step.why]),
      'Nothing is compared on the way.',
    )
    for (const words of found.alternatives) output.line(`Instead: ${words}`)
  })
  return found.isFeasible ? EXIT.ok : EXIT.undecided
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
