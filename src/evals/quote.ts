/** What an experiment will take and what it could see. */
import { turnsOf } from '../core/dataset.ts'
import type { ServingMode } from '../core/serving.ts'
import { microUsd, picoOf } from '../kernel/money.ts'
import { meanDetectable, pairedProportionsDetectable } from '../kernel/statistics/index.ts'
import { EXPECTED_DEVIATION, EXPECTED_DISCORDANT } from './deciding-cases.ts'
import type { EvalsDeps } from './deps.ts'
import type { Experiment, Quote } from './experiment.ts'
import type { ExperimentPlan } from './experiment-plan.ts'
import { madeUp, questionsAbout } from './judges/index.ts'
import { sampled } from './planned-examples.ts'
import { createTally, type Tally } from './quote-tally.ts'
import { timeOf } from './quote-time.ts'

/** Estimated on this many examples of each arm, spread evenly. */
const SAMPLED = 25
/** What providers promise of batches. */
const BATCH_HOURS = 24

type Estimates = Pick<
  EvalsDeps,
  'estimateRun' | 'estimateJudge' | 'estimateVectors' | 'whyUnpriced' | 'batching' | 'isEmbedded'
>

export async function quoteExperiment(
  plan: ExperimentPlan,
  {
    repeats,
    serving,
    concurrency,
    before,
    earlier,
    ...estimates
  }: Estimates & {
    repeats: number
    serving: ServingMode
    concurrency: number
    /** The last experiment with this suite, which knows how much scores differ. */
    before: Experiment | undefined
    /** The last ones with a suite of this name, which know how long it takes. */
    earlier: readonly Experiment[]
  },
): Promise<Quote> {
  const rows = plan.examples.length * repeats
  const { tally, saved, batched, runs } = await tried(plan, { ...estimates, serving })
  const parts = tally.times(rows, runs)
  const { atLeast, unpriced } = tally.known(rows, runs)
  const { id, application } = plan.release
  const models = parts.flatMap(({ model, costMicroUsd, tokens }) => (costMicroUsd === null && tokens ? [model] : []))
  const seen = detectable(plan, before)
  const { isEmbedded } = estimates
  const time = timeOf({ parts, rows: rows * plan.arms.length, concurrency, earlier, isEmbedded })
  const isBatch = serving === 'batch'
  return {
    calls: parts.reduce((sum, { calls }) => sum + calls, 0),
    costMicroUsd: unpriced.length > 0 ? null : microUsd(atLeast),
    atLeastMicroUsd: microUsd(atLeast),
    unpriced,
    blocked: models.length > 0 ? (estimates.whyUnpriced({ application, release: id, models }) ?? null) : null,
    parts,
    batch:
      batched.size === 0
        ? null
        : {
            models: [...batched],
            savesMicroUsd: saved === null ? null : microUsd((saved * BigInt(rows)) / BigInt(runs)),
            hours: BATCH_HOURS,
          },
    minutes: isBatch ? BATCH_HOURS * 60 : time.minutes,
    detectableDifference: seen.difference,
    basis: [
      `Cost from ${runs} examples of each arm${unpriced.length > 0 ? ' (a price is not known)' : ''}.`,
      ...(isBatch || time.basis === '' ? [] : [time.basis]),
      seen.basis,
    ].join(' '),
  }
}

type Tried = {
  readonly tally: Tally
  /** What batches save of it, in pico-dollars; null when a price is not known. */
  readonly saved: bigint | null
  /** Models that have batches. */
  readonly batched: ReadonlySet<string>
  readonly runs: number
}

/** What some of the examples would take, in all arms: the answers, and what evaluators ask about them. */
async function tried(
  { arms, examples, evaluators }: ExperimentPlan,
  { estimateRun, batching, serving, ...estimates }: Estimates & { serving: ServingMode },
): Promise<Tried> {
  const tally = createTally()
  const batched = new Set<string>()
  let saved: bigint | null = 0n
  const some = await sampled(examples, SAMPLED)
  const { signal } = new AbortController()
  // What asks no model is not tried out: it may run code.
  const asking = evaluators.filter(({ asks }) => asks !== undefined)
  for (const { example } of some) {
    for (const arm of arms) {
      const { manifest, flow } = arm
      const inBatches = batching.modelOf(arm)
      const { calls } = await estimateRun({ manifest, arm: flow, turns: turnsOf(example) })
      for (const call of calls) {
        const { tokens, costMicroUsd } = call
        if (inBatches === undefined || !tokens) tally.add({ of: 'answers', ...call })
        else {
          const cost = batching.costOf(inBatches, tokens)
          batched.add(inBatches)
          saved =
            saved === null || cost === null || costMicroUsd === null
              ? null
              : saved + picoOf(costMicroUsd) - picoOf(cost)
          tally.add({ of: 'answers', ...call, ...(serving === 'batch' && { costMicroUsd: cost }) })
        }
      }
    }
    for (const { score } of asking) {
      const { asked } = await questionsAbout([madeUp(example)], { ...estimates, score, signal })
      for (const { inputTokens: input, outputTokens: output, ...one } of asked)
        tally.add({ ...one, tokens: { input, output } }, arms.length)
    }
  }
  return { tally, saved, batched, runs: some.length }
}

function detectable(
  plan: ExperimentPlan,
  before: Experiment | undefined,
): { difference: number | null; basis: string } {
  if (plan.against === null) return { difference: null, basis: 'Nothing is compared.' }
  const n = plan.examples.length
  if (n < 2) return { difference: null, basis: 'One example can show no difference.' }
  const primary = plan.evaluators.find(({ key }) => key === plan.suite.primary)?.evaluator
  const seen = before?.comparison.find(({ evaluator }) => evaluator === plan.suite.primary)
  if (before && seen?.interval && seen.n > 1) {
    const deviation = ((seen.interval.high - seen.interval.low) / (2 * 1.96)) * Math.sqrt(seen.n)
    if (deviation > 0)
      return {
        difference: meanDetectable({ n, standardDeviation: deviation }),
        basis: `Detectable with 80 % power at the variance of ${before.id}.`,
      }
  }
  if (primary?.unit !== 'share')
    return { difference: null, basis: 'How much this score varies is not known before the first experiment.' }
  return primary.kind === 'rate'
    ? {
        difference: pairedProportionsDetectable({ discordant: EXPECTED_DISCORDANT, n }) ?? null,
        basis: 'Detectable with 80 % power if the arms disagree on a fifth of the examples.',
      }
    : {
        difference: meanDetectable({ n, standardDeviation: EXPECTED_DEVIATION }),
        basis: 'Detectable with 80 % power if paired scores differ with a standard deviation of 0.3.',
      }
}
