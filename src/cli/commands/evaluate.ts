/** eval and compare: measure a release with its suites, beside its baseline or another release. */
import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Client, Experiment, Quote } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import { gitTags } from '../git.ts'
import { findRelease } from '../releases.ts'
import { type VariantOptions, variantsOf } from '../variants.ts'
import { effort, figure, money, moneyKnown, releaseName, withInterval } from '../wording.ts'

type Options = VariantOptions & {
  junit?: string
  markdown?: string
  reuse?: boolean
  serving?: string
  stopEarly?: boolean
  tag?: string[]
  suite?: string
  release?: string
  against?: string
  repeats?: string
  maxCost?: string
  dryRun?: boolean
  resume?: string
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
    .option(
      '--resume <experiment>',
      'go on with one that paused, failed or was stopped; no row that is there is run again',
    )
    .option(
      '--model <provider/model...>',
      'a further arm with this model; answer=provider/model where the release has several',
    )
    .option('--prompt <file...>', 'a further arm with this prompt')
    .option(
      '--target <url...>',
      'a further arm: an application that answers over HTTP; OpenAI-compatible when it ends in /v1',
    )
    .option('--vary <parameter=values...>', 'a further arm for every value, for example answer.temperature=0,0.7')
    .option('--reuse', 'take answers again that the same parts gave to the same question before')
    .option(
      '--serving <mode>',
      'batch: answers come in batches of their provider, within a day and for less',
      'real-time',
    )
    .option('--stop-early', 'end as soon as it is decided; the interval holds however often it is looked at')
    .option('--tag <name=value...>', 'tags of the run; git.commit and git.branch are there by themselves')
    .option('--junit <file>', 'write the cases as JUnit XML')
    .option('--markdown <file>', 'write a comment for a pull request')
    .action(
      withServer((context, target: string | undefined, options: Options) =>
        options.resume !== undefined
          ? resume(context, options.resume, options)
          : evaluate(context, applicationHere(target === undefined ? undefined : applicationOf(target).name), options),
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
    .option('--repeats <n>', 'answers for each example', '1')
    .option('--reuse', 'take answers again that the same parts gave to the same question before')
    .option('--stop-early', 'end as soon as it is decided')
    .option('--junit <file>', 'write the cases as JUnit XML')
    .option('--markdown <file>', 'write a comment for a pull request')
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

  const variants = variantsOf(options, release.manifest)
  const tags = { ...gitTags(), ...Object.fromEntries((options.tag ?? []).map(tagOf)) }
  const finished: Experiment[] = []
  for (const suite of suites) {
    const answer = await client.createExperiment({
      params: { id: release.id },
      body: {
        suite: suite.name,
        repeats: Number(options.repeats ?? 1),
        ...(against !== undefined && { against }),
        ...(options.maxCost !== undefined && { maxCostMicroUsd: microUsdOf(options.maxCost) }),
        ...(options.dryRun && { dryRun: true }),
        ...(variants.length > 0 && { variants }),
        ...(options.reuse && { reuse: true }),
        ...(options.serving !== undefined && { serving: servingOf(options.serving) }),
        ...(options.stopEarly && { stopEarly: true }),
        tags,
      },
    })
    if (answer.status !== 201) {
      const { quote, kind } = answer.body
      output.line(
        `${suite.name}${kind === 'over-budget' ? ' is over budget' : ''}: ${effort(quote)}; sees differences from ${figure(quote.detectableDifference)}. ${quote.basis}`,
      )
      showQuote(context, quote)
      if (kind === 'over-budget') return EXIT.failed
      continue
    }
    if (answer.body.serving === 'batch')
      output.line(
        `${suite.name} goes in batches, which may take a day. It goes on without this command: airworthy eval --resume ${answer.body.id} when it paused, the page of the experiment otherwise.`,
      )
    const done = await watch(context, client, answer.body)
    finished.push(done)
    show(context, done)
  }
  await writeReports(client, finished, options)
  if (finished.length > 0)
    output.result(finished, () => output.line(`Next: airworthy gate poc --application ${application}`))
  return exitCodeOf(finished)
}

async function resume(context: Context, id: string, options: Options): Promise<ExitCode> {
  const { client, output } = context
  const body = options.maxCost === undefined ? {} : { maxCostMicroUsd: microUsdOf(options.maxCost) }
  const done = await watch(context, client, await client.resumeExperiment({ params: { id }, body }))
  show(context, done)
  await writeReports(client, [done], options)
  output.result([done], () => {})
  return exitCodeOf([done])
}

/** Who is asked what; a quote of one line needs no table. */
function showQuote({ output }: Context, { parts, blocked, batch }: Quote): void {
  if (parts.length > 1)
    output.table(
      ['for', 'asked', 'calls', 'tokens in', 'tokens out', 'cost'],
      parts.map(({ of, model, calls, tokens, costMicroUsd }) => [
        ...[of, model, String(calls), String(tokens?.input ?? '-'), String(tokens?.output ?? '-'), money(costMicroUsd)],
      ]),
    )
  if (batch !== null)
    output.line(
      `In batches (--serving batch) ${batch.models.join(', ')} ${batch.savesMicroUsd === null ? 'may save something: a price is not known' : `saves ${money(batch.savesMicroUsd)}`}; they may take ${batch.hours} h.`,
    )
  if (blocked !== null) output.line(`It would not start: ${blocked}`)
}

const microUsdOf = (dollars: string): string => String(Math.round(Number(dollars) * 1_000_000))

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
  output.line(
    `\n${experiment.suite} (${experiment.state}), ${experiment.id}, spent ${moneyKnown(experiment.spentMicroUsd, experiment.spentUnpriced)}`,
  )
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
  showFurther(output, experiment)
  if (decisive) output.line(`${decisive.evaluator} decides: ${decisive.verdict}.`)
  if (experiment.error !== null) output.line(experiment.error)
  if (experiment.state === 'paused') output.line(`Then: airworthy eval --resume ${experiment.id}`)
}

function showFurther(output: Context['output'], { arms, further, primary }: Experiment): void {
  if (further.length === 0) return
  output.table(
    ['arm', primary, 'difference', 'verdict', 'p by Holm', 'p95', 'cost'],
    further.map(({ arm, comparison }) => {
      const found = arms.find((one) => one.arm === arm)
      const score = found?.scores.find(({ evaluator }) => evaluator === primary)
      const first = comparison.find(({ evaluator }) => evaluator === primary)
      return [
        arm,
        score ? withInterval(score.mean, score.interval) : '-',
        first ? withInterval(first.difference, first.interval) : '-',
        first?.verdict ?? '-',
        figure(first?.adjustedP ?? first?.pValue ?? null),
        found?.latencyMs ? `${Math.round(found.latencyMs.p95)} ms` : '-',
        money(found?.costMicroUsd ?? null),
      ]
    }),
  )
}

/** JUnit of all suites in one file; the comments for a pull request one below the other. */
async function writeReports(client: Client, finished: readonly Experiment[], options: Options): Promise<void> {
  const wanted = [
    ['junit', options.junit],
    ['markdown', options.markdown],
  ] as const
  for (const [format, file] of wanted) {
    if (file === undefined || finished.length === 0) continue
    const texts: string[] = []
    for (const { id } of finished)
      texts.push((await client.getExperimentReport({ params: { id }, query: { format } })).content)
    writeFileSync(file, format === 'junit' ? joinedJunit(texts) : `<!-- airworthy-eval -->\n${texts.join('\n')}`)
  }
}

/** The suites of several files below one root. */
function joinedJunit(texts: readonly string[]): string {
  if (texts.length === 1) return texts[0] ?? ''
  const suites = texts.map((text) => /<testsuite [\s\S]*<\/testsuite>/.exec(text)?.[0] ?? '')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="airworthy">\n  ${suites.join('\n  ')}\n</testsuites>\n`
}

function servingOf(mode: string): 'real-time' | 'batch' {
  if (mode === 'real-time' || mode === 'batch') return mode
  throw new UsageError(`--serving takes real-time or batch, not ${mode}.`)
}

function tagOf(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw new UsageError(`--tag takes name=value, not ${text}.`)
}

/**
 * Failed: worse than the control, or below the suite's target for certain. Undecided: neither is certain, or runs
 * broke, which says nothing of the release.
 */
function exitCodeOf(experiments: readonly Experiment[]): ExitCode {
  if (experiments.some(({ state }) => state === 'failed')) return EXIT.broken
  if (experiments.some(({ state }) => state === 'paused')) return EXIT.undecided
  const verdicts = experiments.flatMap((experiment) =>
    experiment.comparison.filter(({ evaluator }) => evaluator === experiment.primary).map(({ verdict }) => verdict),
  )
  const targets = experiments.map(againstTarget)
  if (verdicts.includes('worse') || targets.includes('failed')) return EXIT.failed
  const isBroken = experiments.some(({ arms }) => arms.some(({ failed }) => failed > 0))
  return isBroken || verdicts.includes('undecided') || targets.includes('undecided') ? EXIT.undecided : EXIT.ok
}

function againstTarget({ arms, primary, registered }: Experiment): 'failed' | 'undecided' | 'passed' {
  const threshold = registered?.threshold ?? null
  if (threshold === null) return 'passed'
  const interval = arms[0]?.scores.find(({ evaluator }) => evaluator === primary)?.interval
  if (!interval) return 'undecided'
  if (interval.high < threshold) return 'failed'
  return interval.low >= threshold ? 'passed' : 'undecided'
}
