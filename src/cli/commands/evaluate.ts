/** eval and compare: measure a release with its suites, beside its baseline or another release. */
import type { Command } from 'commander'
import type { Client, Experiment } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import { findRelease } from '../releases.ts'
import { effort, figure, releaseName, withInterval } from '../wording.ts'

type Options = {
  suite?: string
  release?: string
  against?: string
  repeats?: string
  maxCost?: string
  dryRun?: boolean
}

const POLL_MS = 500

export function addEvaluateCommands(program: Command): void {
  program
    .command('eval')
    .description('run the suites of a release and print scores with intervals, beside the named baseline')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--suite <name>', 'only this suite')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option('--against <release>', 'compare with this release instead of the baseline; `none` compares with nothing')
    .option('--repeats <n>', 'answers for each example', '1')
    .option('--max-cost <usd>', 'refuse to start when the quote is higher')
    .option('--dry-run', 'only say what it would take')
    .action(
      withServer((context, target: string | undefined, options: Options) =>
        evaluate(context, applicationHere(target === undefined ? undefined : applicationOf(target).name), options),
      ),
    )

  program
    .command('compare')
    .description(
      'compare two releases case by case: better, worse, equivalent, or undecided and the n that would decide',
    )
    .argument('<application>')
    .argument('<candidate>', 'for example r2')
    .argument('<control>', 'for example r1')
    .option('--suite <name>', 'only this suite')
    .action(
      withServer((context, application: string, candidate: string, control: string, options: Options) =>
        evaluate(context, application, { ...options, release: candidate, against: control }),
      ),
    )
}

async function evaluate(context: Context, application: string, options: Options): Promise<ExitCode> {
  const { client, output } = context
  const release = await client.getRelease({
    params: { id: (await findRelease(client, application, options.release)).id },
  })
  const against =
    options.against === undefined || options.against === 'baseline'
      ? undefined
      : options.against === 'none'
        ? null
        : (await findRelease(client, application, options.against)).id
  const suites = release.manifest.suites.filter(({ name }) => options.suite === undefined || name === options.suite)
  if (suites.length === 0)
    throw new Error(
      `${application} ${releaseName(release)} has no suite${options.suite ? ` ${options.suite}` : ''}. Add one under evals/ and freeze again.`,
    )

  const finished: Experiment[] = []
  for (const suite of suites) {
    const answer = await client.createExperiment({
      params: { id: release.id },
      body: {
        suite: suite.name,
        repeats: Number(options.repeats ?? 1),
        ...(against !== undefined && { against }),
        ...(options.maxCost !== undefined && {
          maxCostMicroUsd: String(Math.round(Number(options.maxCost) * 1_000_000)),
        }),
        ...(options.dryRun && { dryRun: true }),
      },
    })
    if (answer.status !== 201) {
      const { quote, kind } = answer.body
      output.line(
        `${suite.name}${kind === 'over-budget' ? ' is over budget' : ''}: ${effort(quote)}; sees differences from ${figure(quote.detectableDifference)}. ${quote.basis}`,
      )
      if (kind === 'over-budget') return EXIT.failed
      continue
    }
    const done = await watch(context, client, answer.body)
    finished.push(done)
    show(context, done)
  }
  if (finished.length > 0)
    output.result(finished, () => output.line(`Next: airworthy gate poc --application ${application}`))
  return exitCodeOf(finished)
}

async function watch({ output }: Context, client: Client, experiment: Experiment): Promise<Experiment> {
  let current = experiment
  while (current.state === 'queued' || current.state === 'running') {
    output.progress(`${current.suite}: ${current.progress.done} of ${current.progress.total}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    current = await client.getExperiment({ params: { id: experiment.id } })
  }
  output.settle()
  return current
}

function show({ output }: Context, experiment: Experiment): void {
  output.line(`\n${experiment.suite} (${experiment.state}), ${experiment.id}`)
  const evaluators = experiment.arms[0]?.scores.map(({ evaluator }) => evaluator) ?? []
  output.table(
    ['', ...experiment.arms.map(({ label }) => label), 'difference', 'verdict'],
    evaluators.map((evaluator) => {
      const comparison = experiment.comparison.find((one) => one.evaluator === evaluator)
      const scores = experiment.arms.map((arm) => arm.scores.find((score) => score.evaluator === evaluator))
      return [
        `${evaluator} (n ${scores[0]?.n ?? 0})`,
        ...scores.map((score) => (score ? withInterval(score.mean, score.interval) : '-')),
        comparison ? withInterval(comparison.difference, comparison.interval) : '',
        comparison
          ? `${comparison.verdict}${comparison.neededN === null ? '' : `, n ${comparison.neededN} would decide`}`
          : '',
      ]
    }),
  )
  const decisive = experiment.comparison.find(({ evaluator }) => evaluator === experiment.primary)
  if (decisive) output.line(`${decisive.evaluator} decides: ${decisive.verdict}.`)
}

function exitCodeOf(experiments: readonly Experiment[]): ExitCode {
  if (experiments.some(({ state }) => state === 'failed')) return EXIT.broken
  const primary = experiments.flatMap((experiment) =>
    experiment.comparison.filter(({ evaluator }) => evaluator === experiment.primary),
  )
  if (primary.some(({ verdict }) => verdict === 'worse')) return EXIT.failed
  return primary.some(({ verdict }) => verdict === 'undecided') ? EXIT.undecided : EXIT.ok
}
