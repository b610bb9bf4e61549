/**
 * Scores of live answers: the first answer of a sampled user of either arm, by the evaluators of a suite.
 *
 * Invariant: the evaluator is given question, answer and passages, and nothing that tells the arm; nothing waits for it,
 * and what cannot be scored now (too many at once, a cap, the money of the plan) is left out of both arms alike.
 */
import { isCut } from '../core/asked.ts'
import { type DoneFor, isCapReached } from '../core/cap-reached.ts'
import { Example } from '../core/dataset.ts'
import { scoredLive, shortfallOf } from '../core/late-metric.ts'
import { BUCKETS, bucketOf } from '../core/live-table.ts'
import type { Release } from '../core/release.ts'
import type { Rollout, RolloutId, RolloutPlan } from '../core/rollout.ts'
import type { Delivery } from '../delivery/index.ts'
import { type Answered, liveScorers, type Reach } from '../evals/index.ts'
import { Failure } from '../kernel/failure.ts'
import { type MicroUsd, sumKnown } from '../kernel/money.ts'
import { MINUTE } from '../kernel/time.ts'
import type { Knowledge } from '../knowledge/index.ts'
import type { Database, Tx } from '../store/database.ts'
import { HELD_STEP, outcomeOf, type Settled, type Telemetry } from '../telemetry/index.ts'

type Deps = {
  readonly db: Database
  readonly delivery: Pick<Delivery, 'rollouts' | 'getRelease' | 'scores' | 'observe'>
  readonly telemetry: Pick<Telemetry, 'recorder'>
  readonly knowledge: Pick<Knowledge, 'passagesOf'>
  readonly reachFor: (whose: DoneFor) => Omit<Reach, 'signal'>
  readonly report: (thrown: unknown, where?: string) => void
}

const MOST_AT_ONCE = 4
const MOST_KNOWN = 50_000
const PATIENCE_MS = 2 * MINUTE

export function wireLiveScores(deps: Deps) {
  const { delivery, telemetry, report } = deps
  const scoredOf = createScored(deps)
  const known = new Set<string>()
  const stopping = new AbortController()
  let underWay = 0

  const stopHearing = telemetry.recorder.onSettled((event) => {
    if (!mayBeScored(event)) return
    void follow(event.rollout.id, event).catch((thrown) => {
      if (!stopping.signal.aborted) report(thrown, 'live scores')
    })
  })

  async function follow(id: RolloutId, event: Settled): Promise<void> {
    const scored = await scoredOf(id)
    if (!scored || !isSampled(scored.rollout, event.unit)) return
    const key = `${id} ${event.unit}`
    if (known.has(key)) return
    if (known.size >= MOST_KNOWN) known.clear()
    known.add(key)
    if (underWay >= MOST_AT_ONCE) return delivery.scores.skipped(id)
    underWay += 1
    try {
      if (!(await delivery.scores.mayRun(id))) return await delivery.scores.skipped(id)
      await score(scored, event)
    } finally {
      underWay -= 1
    }
  }

  async function score({ rollout, scorers }: Scored, event: Settled): Promise<void> {
    const reach = deps.reachFor({ application: rollout.application, release: rollout.candidate, waits: false })
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(PATIENCE_MS)])
    const row = { example: exampleOf(event), answer: event.output, result: await answeredOf(deps, event) }
    const costs: (MicroUsd | null)[] = []
    const outcomes = []
    let isCapped = false
    try {
      for (const one of scorers) {
        const { shortfall, costMicroUsd } = await one.score(row, { ...reach, signal })
        costs.push(costMicroUsd as MicroUsd | null)
        if (shortfall !== null) outcomes.push(...outcomeOf(event, shortfallOf(one.key), shortfall))
      }
    } catch (thrown) {
      isCapped = isCapReached(thrown)
      if (!isCapped) throw thrown
    } finally {
      if (isCapped) await delivery.scores.capped(rollout.id, sumKnown(costs))
      else await delivery.scores.ran(rollout.id, sumKnown(costs))
    }
    if (isCapped) return
    await delivery.observe(outcomes)
  }

  return {
    /** Why a plan that scores live cannot be followed; undefined when it can. */
    whyNotScored: async (tx: Tx, { release, plan }: { release: Release; plan: RolloutPlan }) => {
      const found = plan.scores && (await liveScorers(tx, askOf(release, plan, plan.scores.suite)))
      return found?.kind === 'cannot' ? found.why : undefined
    },
    stop(): void {
      stopHearing()
      stopping.abort(new Failure('unavailable', 'scores.stopped', 'The server stops.'))
    },
  }
}

type Scored = {
  readonly rollout: Pick<Rollout, 'id' | 'application' | 'candidate' | 'salt' | 'plan'>
  readonly scorers: Extract<Awaited<ReturnType<typeof liveScorers>>, { kind: 'scorers' }>['scorers']
}

const askOf = (release: Release, plan: RolloutPlan, suite: string) => ({ release, suite, keys: scoredLive(plan) })

/** A plan never changes while it runs, and neither does what a release is made of: each is read once. */
function createScored({ db, delivery }: Deps) {
  const kept = new Map<RolloutId, Promise<Scored | undefined>>()
  async function read(id: RolloutId): Promise<Scored | undefined> {
    const rollout = await delivery.rollouts.get(id)
    if (!rollout.plan.scores) return undefined
    const candidate = await delivery.getRelease(rollout.candidate)
    const found = await liveScorers(db, askOf(candidate, rollout.plan, rollout.plan.scores.suite))
    return found.kind === 'scorers' ? { rollout, scorers: found.scorers } : undefined
  }
  return (id: RolloutId) => {
    const found = kept.get(id) ?? read(id)
    if (!kept.has(id)) {
      if (kept.size >= MOST_ROLLOUTS) kept.clear()
      kept.set(id, found)
      found.catch(() => kept.delete(id))
    }
    return found
  }
}

const MOST_ROLLOUTS = 100

type InRollout = Settled & { readonly rollout: NonNullable<Settled['rollout']> }

/** An answer that somebody got under a share of the plan, and that the record has whole with its question. */
const mayBeScored = (event: Settled): event is InRollout =>
  event.rollout !== null &&
  event.rollout.share > 0 &&
  event.status === 'complete' &&
  event.input.length > 0 &&
  !isCut(event.output) &&
  !event.steps.some(({ kind }) => kind === HELD_STEP)

/** By another salt than the arms: both are sampled alike. */
const isSampled = ({ salt, plan }: Scored['rollout'], unit: string): boolean =>
  bucketOf(`${salt} scores`, unit) < Math.round((plan.scores?.sample ?? 0) * BUCKETS)

const exampleOf = ({ traceId, input }: Settled): Example => Example.parse({ id: traceId, input })

/** What evaluators read, from the record: passages by the ids that the search gave. */
async function answeredOf({ knowledge, delivery }: Deps, event: Settled): Promise<Answered> {
  const found = event.steps.flatMap(({ attributes }) => documentsOf(attributes))
  const { index } = (event.release && (await delivery.getRelease(event.release)).manifest) ?? { index: null }
  const wanted = new Set(found)
  const texts: { id: string; text: string }[] = []
  if (index && wanted.size > 0)
    for (const { id, text } of await knowledge.passagesOf(index)) if (wanted.has(id)) texts.push({ id, text })
  const { abstained, invalidCitations, latencyMs, costMicroUsd, usage } = event
  return {
    ...{ abstained, invalidCitations, latencyMs, costMicroUsd, passages: found },
    texts,
    citations: event.citations.map(({ id }) => id),
    tokens: { input: usage.inputTokens, output: usage.outputTokens },
  }
}

const documentsOf = (attributes: Readonly<Record<string, unknown>>): string[] => {
  const documents = attributes['gen_ai.retrieval.documents']
  return Array.isArray(documents) ? documents.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])) : []
}
