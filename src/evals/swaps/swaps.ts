/**
 * A swapped model or a converted prompt: flagged by itself, with probes on both releases proposed and quoted. Nothing is
 * kept here: what changed is read off the manifests, what was measured off the experiments.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, picoOf, sumKnown } from '../../kernel/money.ts'
import type { EvalsDeps } from '../deps.ts'
import type { Evals } from '../evals.ts'
import type { Experiment, ExperimentId, Quote } from '../experiment.ts'
import { changesOf, probeSuites, verdictOf } from './changes.ts'
import type { DifferingAnswer, ModelSwap, Probe } from './contract.ts'

/** Answers that are shown of one probe. */
const SHOWN = 5
const RUNS = 20

export type SwapsDeps = Pick<EvalsDeps, 'releaseOf' | 'releaseBefore'> & {
  /** The release that was frozen before this one; undefined for the first. */
  readonly frozenBefore: (id: ReleaseId) => Promise<ReleaseId | undefined>
  readonly evals: Pick<Evals, 'create' | 'list' | 'rows'>
}

export type Swaps = ReturnType<typeof createSwaps>

export function createSwaps({ releaseOf, releaseBefore, frozenBefore, evals }: SwapsDeps) {
  async function get(id: ReleaseId, by: ActorId): Promise<ModelSwap> {
    const release = await releaseOf(id)
    const before = await againstOf(release)
    if (!before) return { ...NOTHING_BEFORE, release: id }
    const changes = changesOf((await releaseOf(before)).manifest, release.manifest)
    const { set, suites } = probeSuites(release.manifest)
    const isAsked = changes.models.length + changes.prompts.length > 0
    const probes: Probe[] = []
    if (isAsked) for (const suite of suites) probes.push(await probeOf({ release, before, suite, by }))
    return { release: id, against: before, ...changes, set, probes, verdict: verdictOf(probes), quote: totalOf(probes) }
  }

  async function againstOf({ id, application }: Release): Promise<ReleaseId | undefined> {
    const inForce = await releaseBefore(application, id)
    return inForce === undefined || inForce === id ? frozenBefore(id) : inForce
  }

  async function probeOf({ release, before, suite, by }: Asked): Promise<Probe> {
    const { items } = await evals.list({ release: release.id, suite, limit: RUNS })
    const runs = items.filter(({ against, variants }) => against === before && variants.length === 0)
    const run = runs.find(({ state }) => state === 'succeeded') ?? runs[0]
    if (run && run.state !== 'cancelled') return measured(suite, run)
    try {
      const outcome = await evals.create({ release: release.id, suite, against: before, dryRun: true, by })
      return { ...EMPTY, suite, state: 'proposed', quote: outcome.kind === 'quote' ? outcome.quote : null }
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      return { ...EMPTY, suite, state: 'failed', why: thrown.message }
    }
  }

  async function measured(suite: string, run: Experiment): Promise<Probe> {
    const shared = { ...EMPTY, suite, experiment: run.id }
    if (run.state === 'failed' || run.state === 'paused') return { ...shared, state: 'failed', why: run.error }
    if (run.state !== 'succeeded') return { ...shared, state: 'running' }
    const comparison = run.comparison[0] ?? null
    const unit = run.arms[0]?.scores.find(({ evaluator }) => evaluator === run.primary)?.unit ?? null
    return { ...shared, state: 'measured', comparison, unit, differing: await differingOf(run) }
  }

  async function differingOf({ id }: Experiment): Promise<DifferingAnswer[]> {
    const worst = await evals.rows({ id, arm: 'candidate', order: 'worst-difference-first', limit: 4 * SHOWN })
    const found: DifferingAnswer[] = []
    for (const { example, answer, difference, repeat, isHidden } of worst.items) {
      if (isHidden || repeat !== 1 || found.length === SHOWN) continue
      const { items } = await evals.rows({ id, arm: 'control', example, order: 'dataset', limit: 1 })
      const before = items[0]?.answer
      if (before !== undefined && before.trim() !== answer.trim())
        found.push({ example, before, now: answer, difference })
    }
    return found
  }

  return {
    get,
    /** Starts what is proposed. Over the budget nothing begins. */
    async run({
      id,
      by,
      maxCostMicroUsd,
    }: {
      id: ReleaseId
      by: ActorId
      maxCostMicroUsd?: MicroUsd | undefined
    }): Promise<{ kind: 'started'; experiments: ExperimentId[] } | { kind: 'over-budget'; quote: ModelSwap['quote'] }> {
      const { against, probes, quote } = await get(id, by)
      const proposed = probes.filter(({ state }) => state === 'proposed')
      if (against === null || proposed.length === 0)
        throw new Failure(
          'conflict',
          'evals.nothing-swapped',
          probes.length === 0
            ? `Neither a model nor a prompt of ${id} is another one than before, or it has no suite: there is nothing to probe.`
            : `Every probe of ${id} was started already, or cannot run.`,
        )
      const cost = quote?.costMicroUsd ?? null
      if (maxCostMicroUsd !== undefined && (cost === null || picoOf(cost) > picoOf(maxCostMicroUsd)))
        return { kind: 'over-budget', quote }
      const experiments: ExperimentId[] = []
      for (const { suite } of proposed) {
        const outcome = await evals.create({
          release: id,
          suite,
          against,
          by,
          tags: { 'airworthy.probe': 'model-swap' },
        })
        if (outcome.kind === 'created') experiments.push(outcome.experiment.id)
      }
      return { kind: 'started', experiments }
    },
  }
}

type Asked = { release: Release; before: ReleaseId; suite: string; by: ActorId }

const EMPTY = {
  experiment: null,
  quote: null,
  why: null,
  comparison: null,
  unit: null,
  differing: [],
} satisfies Partial<Probe>

const NOTHING_BEFORE: Omit<ModelSwap, 'release'> = {
  against: null,
  models: [],
  prompts: [],
  set: 'default',
  probes: [],
  verdict: 'none',
  quote: null,
}

function totalOf(probes: readonly Probe[]): ModelSwap['quote'] {
  const quotes = probes.flatMap(({ quote }): Quote[] => (quote ? [quote] : []))
  if (quotes.length === 0) return null
  return {
    calls: quotes.reduce((sum, { calls }) => sum + calls, 0),
    costMicroUsd: sumKnown(quotes.map(({ costMicroUsd }) => costMicroUsd)),
    minutes: quotes.reduce((sum, { minutes }) => sum + minutes, 0),
  }
}
