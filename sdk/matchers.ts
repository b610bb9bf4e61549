/**
 * A matcher for vitest and jest: a release must pass its suites, or the test fails with the figures.
 *
 *     expect.extend(airworthyMatchers)
 *     await expect({ client, release }).toPassSuites({ suite: 'answers', maxCostMicroUsd: '500000' })
 *
 * Passed is: not worse than the control, and not below the suite's target. Undecided fails as well unless
 * `undecided: 'passes'` is given, because a test that could not decide has shown nothing.
 */
import type { Client } from './operations.ts'

export type Measured = { readonly client: Client; readonly release: string }
export type SuiteDemand = {
  /** Only this suite; all of the release when left out. */
  readonly suite?: string
  /** A release to compare with, or null for nothing; the named baseline when left out. */
  readonly against?: string | null
  readonly repeats?: number
  /** Nothing is started when the quote is higher. */
  readonly maxCostMicroUsd?: string
  /** `fails` when left out. */
  readonly undecided?: 'passes' | 'fails'
  readonly signal?: AbortSignal
}
export type MatcherResult = { readonly pass: boolean; readonly message: () => string }

const POLL_MS = 250

export const airworthyMatchers = {
  async toPassSuites({ client, release }: Measured, demand: SuiteDemand = {}): Promise<MatcherResult> {
    const { manifest } = await client.getRelease({ params: { id: release } })
    const suites = manifest.suites.filter(({ name }) => demand.suite === undefined || name === demand.suite)
    if (suites.length === 0)
      return { pass: false, message: () => `The release has no suite ${demand.suite ?? 'at all'}.` }
    const found: { pass: boolean; words: string }[] = []
    for (const { name } of suites) found.push(await measure(client, release, name, demand))
    const pass = found.every((one) => one.pass)
    return { pass, message: () => found.map(({ words }) => words).join('\n') }
  },
}

async function measure(
  client: Client,
  release: string,
  suite: string,
  { against, repeats = 1, maxCostMicroUsd, undecided = 'fails', signal }: SuiteDemand,
): Promise<{ pass: boolean; words: string }> {
  const answer = await client.createExperiment({
    params: { id: release },
    body: {
      suite,
      repeats,
      ...(against !== undefined && { against }),
      ...(maxCostMicroUsd !== undefined && { maxCostMicroUsd }),
    },
  })
  if (answer.status !== 201)
    return {
      pass: false,
      words: `${suite}: over budget, it would take ${answer.body.quote.costMicroUsd ?? 'an unknown number of'} micro-dollars.`,
    }
  let experiment = answer.body
  while (experiment.state === 'queued' || experiment.state === 'running') {
    signal?.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    experiment = await client.getExperiment({ params: { id: experiment.id } })
  }
  const score = experiment.arms[0]?.scores.find(({ evaluator }) => evaluator === experiment.primary)
  const comparison = experiment.comparison[0]
  const threshold = experiment.registered?.threshold ?? null
  const broke = experiment.arms.reduce((sum, { failed }) => sum + failed, 0)
  const isWorse =
    comparison?.verdict === 'worse' || (threshold !== null && (score?.interval?.high ?? threshold) < threshold)
  const isOpen =
    broke > 0 ||
    comparison?.verdict === 'undecided' ||
    (threshold !== null && (score?.interval?.low ?? Number.NEGATIVE_INFINITY) < threshold)
  const interval = score?.interval ? ` [${score.interval.low.toFixed(3)}, ${score.interval.high.toFixed(3)}]` : ''
  const words = [
    `${suite}: ${experiment.primary} ${score?.mean?.toFixed(3) ?? 'not measured'}${interval}, n ${score?.n ?? 0}`,
    ...(comparison ? [`${comparison.verdict} by ${comparison.difference?.toFixed(3) ?? '?'}`] : []),
    ...(threshold === null ? [] : [`target ${threshold}`]),
    ...(broke > 0 ? [`${broke} runs broke`] : []),
    ...(experiment.error ? [experiment.error] : []),
    experiment.id,
  ].join('; ')
  const isDone = experiment.state === 'succeeded'
  return { pass: isDone && !isWorse && (!isOpen || undecided === 'passes'), words }
}
