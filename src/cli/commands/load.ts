/** load and times: what a release bears, and where the time of its answers goes. */
import type { Command } from 'commander'
import type { Client, LoadRun, ResponseTimes } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import type { Output } from '../output.ts'
import { findRelease } from '../releases.ts'
import { effort, percent } from '../wording.ts'

type Result = NonNullable<LoadRun['result']>
type Given = {
  release?: string
  peak?: string
  p95?: string
  firstToken?: string
  factor: string
  beyond?: string
  seconds: string
  suite?: string
  traces?: boolean
  streamed?: 'some' | 'all' | 'none'
  headroom: string
  maxCost?: string
  dryRun?: boolean
  last?: boolean
}

const LOOK_MS = 500

export function addLoadCommands(program: Command): void {
  program
    .command('load')
    .description('load a live release beyond its expected peak and say what it bears; exit 1 unless it surely does')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option('--peak <n>', 'requests a second in the busiest minute; as serving.peakPerSecond says when left out')
    .option('--p95 <ms>', '95 of 100 answers within so long; as serving.p95Ms says when left out')
    .option('--first-token <ms>', '95 of 100 streams begin within so long; as serving.firstTokenMs says when left out')
    .option('--factor <n>', 'up to so many times the peak: 2 for the pilot, 3 for production', '2')
    .option('--beyond <n>', 'on to so many times, until it breaks; then how soon it is well again')
    .option('--seconds <n>', 'of a step; one with too few requests for its figures takes longer', '30')
    .option('--suite <name>', 'whose examples are asked, but for those held out; the first when left out')
    .option('--traces', 'ask what was asked in its stage lately, not a suite')
    .option('--streamed <which>', 'which requests are streams: some, all or none')
    .option('--headroom <n>', 'capacity is planned for the peak times this', '1.5')
    .option('--max-cost <usd>', 'refuse to begin when it would cost more')
    .option('--dry-run', 'only say what it would take')
    .option('--last', 'only show the last run')
    .action(
      withServer(async ({ client, output }, target: string | undefined, given: Given) => {
        const application = applicationHere(target === undefined ? undefined : applicationOf(target).name)
        const { id: release } = await findRelease(client, application, given.release)
        const params = { id: release }
        if (given.last) return showLast(output, (await client.listLoadRuns({ params })).items[0])
        const { body } = await client.startLoadRun({ params, body: bodyOf(given) })
        if (body.kind !== 'started') {
          output.result(body, () => {
            output.table(
              ['step', 'times the peak', 'a second', 'seconds', 'requests'],
              body.plan.steps.map((step) => [
                step.kind,
                shown(step.factor),
                shown(step.perSecond),
                shown(step.seconds),
                String(step.requests),
              ]),
            )
            output.line(`${effort(body.quote)}.${body.kind === 'over-budget' ? ' That is more than --max-cost.' : ''}`)
          })
          return body.kind === 'quote' ? EXIT.ok : EXIT.failed
        }
        const run = await ended({ client, output }, { release, id: body.id })
        return showLast(output, run)
      }),
    )

  program
    .command('times')
    .description('response times by percentile, and where the time goes: retrieval, model, tools, guardrails, ours')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; all when left out')
    .option('--run <id>', 'the requests of a load run alone')
    .action(
      withServer(
        async (
          { client, output },
          target: string | undefined,
          { release, run }: { release?: string; run?: string },
        ) => {
          const name = applicationHere(target === undefined ? undefined : applicationOf(target).name)
          const found = await client.getResponseTimes({
            params: { name },
            query: {
              ...(release !== undefined && { release: (await findRelease(client, name, release)).id }),
              ...(run !== undefined && { run }),
            },
          })
          output.result(found, () => showTimes(output, found))
          return EXIT.ok
        },
      ),
    )
}

const bodyOf = ({ dryRun = false, ...given }: Given) => ({
  ...{ dryRun, factor: Number(given.factor), seconds: Number(given.seconds), headroom: Number(given.headroom) },
  ...(given.peak !== undefined && { peakPerSecond: Number(given.peak) }),
  ...(given.p95 !== undefined && { p95Ms: Number(given.p95) }),
  ...(given.firstToken !== undefined && { firstTokenMs: Number(given.firstToken) }),
  ...(given.beyond !== undefined && { beyond: Number(given.beyond) }),
  ...(given.suite !== undefined && { suite: given.suite }),
  ...(given.traces && { questions: 'traces' as const }),
  ...(given.streamed !== undefined && { streamed: given.streamed }),
  ...(given.maxCost !== undefined && { maxCostMicroUsd: String(Math.round(Number(given.maxCost) * 1_000_000)) }),
})

async function ended(
  { client, output }: { client: Client; output: Output },
  { release, id }: { release: string; id: string },
): Promise<LoadRun> {
  for (;;) {
    const found = (await client.listLoadRuns({ params: { id: release } })).items.find((one) => one.id === id)
    if (found && ['succeeded', 'failed', 'cancelled'].includes(found.state)) {
      output.settle()
      return found
    }
    const { done, total, message } = found?.progress ?? { done: 0, total: null, message: 'waiting' }
    output.progress(`${done} of ${total ?? '?'} requests: ${message}. \`airworthy call cancelJob id=${id}\` ends it.`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

function showLast(output: Output, run: LoadRun | undefined): ExitCode {
  if (!run) {
    output.result(null, () => output.line('This release was not loaded yet.'))
    return EXIT.failed
  }
  if (!run.result) throw new Error(run.error ?? `The run is ${run.state}.`)
  const { result } = run
  output.result(run, () => showSteps(output, result))
  const top = result.steps.filter(({ step }) => step.kind === 'planned').at(-1)
  return top?.standing === 'held' ? EXIT.ok : EXIT.failed
}

function showSteps(output: Output, { steps, words, capacity }: Result): void {
  output.table(
    ['step', 'a second', 'answered', 'p50 ms', 'p95 ms, 95 %', 'p99 ms', 'first token p95', 'failed', 'standing'],
    steps.map((one) => [
      `${one.step.kind} ${shown(one.step.factor)}x`,
      shown(one.offeredPerSecond),
      `${one.answered} of ${one.sent}`,
      ms(one.latencyMs?.p50),
      withEnds(one.latencyMs?.p95),
      ms(one.latencyMs?.p99),
      withEnds(one.firstTokenMs?.p95),
      `${percent(one.errorRate.value)}${one.errors[0] ? ` (${one.errors[0].what})` : ''}`,
      one.limitedBy === null ? one.standing : `limited by ${one.limitedBy}`,
    ]),
  )
  for (const line of words) output.line(line)
  for (const { standing, says } of capacity.quotas)
    output.line(`${{ bears: 'ok', short: 'SHORT', unknown: 'NOT KNOWN' }[standing]}: ${says}`)
  output.line(`Not measured: ${capacity.notMeasured.join(' ')}`)
}

function showTimes(output: Output, found: ResponseTimes): void {
  const { n, isCut, latencyMs, firstTokenMs, tokensPerSecond, parts } = found
  const row = (what: string, spread: ResponseTimes['latencyMs'], share: string) => [
    what,
    ms(spread?.p50),
    withEnds(spread?.p95),
    ms(spread?.p99),
    String(spread?.n ?? 0),
    share,
  ]
  output.table(
    ['part', 'p50 ms', 'p95 ms, 95 %', 'p99 ms', 'n', 'share of the time'],
    n === 0
      ? []
      : [
          row('whole answer', latencyMs, ''),
          row('first token', firstTokenMs, ''),
          ...parts.map((one) =>
            row(`${one.kind} ${one.part === one.kind ? '' : one.part}`, one.ms, percent(one.share)),
          ),
        ],
    'Nothing was answered in this time.',
  )
  if (tokensPerSecond)
    output.line(`Streams write ${ms(tokensPerSecond.p50)} tokens a second in the median, n ${tokensPerSecond.n}.`)
  if (isCut) output.line(`Of the newest ${n} answers.`)
}

type Quantile = NonNullable<ResponseTimes['latencyMs']>['p95']

const ms = (quantile: Quantile | undefined): string => (quantile ? quantile.value.toFixed(0) : '-')
const withEnds = (quantile: Quantile | undefined): string =>
  quantile ? `${ms(quantile)} (${quantile.low?.toFixed(0) ?? '?'} to ${quantile.high?.toFixed(0) ?? '?'})` : '-'
const shown = (rate: number): string => String(Number(rate.toPrecision(3)))
