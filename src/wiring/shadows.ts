/**
 * Shadows: after the control has answered a sampled user, the candidate answers the same question, unseen.
 *
 * Invariant: nothing of it reaches the user or waits in the way of one; a run is left out rather than queued when too
 * many are under way, a cap is reached, or the money of the plan is spent. It is recorded as a trace of its own.
 */
import type { Access } from '../access/index.ts'
import type { Release } from '../core/release.ts'
import { PAIRED_SHARE, type RolloutId, shadowUnit } from '../core/rollout.ts'
import { TOOL_ATTRIBUTES, TOOL_STEP } from '../core/tool.ts'
import type { Delivery } from '../delivery/index.ts'
import { type FlowResult, type Flows, upperBoundOfRelease } from '../flows/index.ts'
import { Failure } from '../kernel/failure.ts'
import { NOTHING } from '../kernel/money.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { type Clock, MINUTE, monotonicMs } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import { type Settled, SpanId, type Telemetry, TraceId } from '../telemetry/index.ts'
import { createOutcomesOf } from './answer-schema.ts'
import { reserveOrRefuse } from './limits.ts'

type Deps = {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly access: Pick<Access, 'limits' | 'switches'>
  readonly delivery: Pick<Delivery, 'liveTable' | 'releaseInMemory' | 'shadows' | 'observe'>
  readonly flows: Pick<Flows, 'run'>
  readonly models: Pick<Models, 'costOf' | 'priceBook'>
  readonly telemetry: Pick<Telemetry, 'recorder'>
  readonly report: (thrown: unknown, where?: string) => void
}

const MOST_AT_ONCE = 4
/** Users whose pair is made already; more are forgotten, and then asked once more for nothing. */
const MOST_KNOWN = 50_000
const PATIENCE_MS = 2 * MINUTE

export function wireShadows(deps: Deps) {
  const { delivery, telemetry, report } = deps
  const outcomesOf = createOutcomesOf(delivery.releaseInMemory)
  const known = new Set<string>()
  const stopping = new AbortController()
  let underWay = 0

  const stopHearing = telemetry.recorder.onSettled((event) => {
    const found = shadowOf(delivery, event)
    if (!found || known.has(`${found.id} ${event.unit}`)) return
    if (known.size >= MOST_KNOWN) known.clear()
    known.add(`${found.id} ${event.unit}`)
    void follow(found, event).catch((thrown) => report(thrown, 'shadow'))
  })

  async function follow({ id, candidate }: Shadowed, event: Settled): Promise<void> {
    if (underWay >= MOST_AT_ONCE || deps.access.switches.whyOff('release', candidate.id) !== undefined)
      return delivery.shadows.skipped(id)
    underWay += 1
    try {
      if (!(await delivery.shadows.mayRun(id))) return await delivery.shadows.skipped(id)
      const made = await answered(deps, { id, candidate, event, stop: stopping.signal })
      if (!made) return await delivery.shadows.capped(id)
      await delivery.shadows.ran(id, made.costMicroUsd)
      if (made.rollout === null) return
      // Now it is a pair: what was skipped counts on neither side, so that the split is even.
      await delivery.observe(await outcomesOf({ ...event, rollout: { id, share: PAIRED_SHARE } }))
    } finally {
      underWay -= 1
    }
  }

  return {
    stop(): void {
      stopHearing()
      stopping.abort(new Failure('unavailable', 'shadow.stopped', 'The server stops.'))
    },
  }
}

type Shadowed = { readonly id: RolloutId; readonly candidate: Release }

/** The candidate to ask, when the control has just answered a sampled user of a shadow. */
function shadowOf(
  { liveTable, releaseInMemory }: Deps['delivery'],
  { application, stage, arm, rollout, status, input, steps }: Settled,
): Shadowed | undefined {
  if (rollout?.share !== 0 || arm !== 'control' || status === 'cancelled' || application === null || stage === null)
    return undefined
  const live = liveTable().applications[application]?.stages[stage]?.rollout
  if (live?.id !== rollout.id || live.shadow === undefined || input.at(-1)?.role !== 'user') return undefined
  // It went on from results that its caller alone had.
  if (steps.some(isOfCaller)) return undefined
  const candidate = releaseInMemory(live.candidate)
  return candidate && { id: live.id, candidate }
}

const isOfCaller = ({ kind, attributes }: Settled['steps'][number]): boolean =>
  kind === TOOL_STEP && attributes[TOOL_ATTRIBUTES.by] === 'client'

/** Runs it and settles its record; undefined when a cap of the application is reached. */
async function answered(
  { clock, random, access, flows, models, telemetry }: Deps,
  { candidate, event, stop, id }: Shadowed & { event: Settled; stop: AbortSignal },
): Promise<Settled | undefined> {
  const bytes = Buffer.byteLength(JSON.stringify(event.input))
  const { unpriced: _, ...bound } = upperBoundOfRelease({ release: candidate, models, bytes, at: clock() })
  const asked = { application: candidate.application, release: candidate.id, key: null, ...bound }
  const settle = await reserveOrRefuse(access, asked).catch((thrown: unknown) => {
    if (thrown instanceof Failure && thrown.kind === 'limited') return undefined
    throw thrown
  })
  if (!settle) return undefined
  const hex = (bytes: number): string => Buffer.from(random(bytes)).toString('hex')
  const startedMs = monotonicMs()
  const draft: Settled = {
    ...event,
    ...{ traceId: TraceId.parse(hex(16)), spanId: SpanId.parse(hex(8)), remoteParent: null, at: clock(), keyId: null },
    // In no stage: nobody was answered, and no day of a pilot counts it.
    ...{ stage: null, release: candidate.id, releaseDigest: candidate.digest, arm: 'candidate' },
    ...{ rollout: { id, share: PAIRED_SHARE }, unit: shadowUnit(event.unit), responseId: null, stream: false },
    ...{ firstTokenMs: null, overheadMs: 0, steps: [], metadata: { ...event.metadata, traffic: 'shadow' } },
  }
  const signal = AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)])
  const { manifest } = candidate
  const done = await flows.run({ manifest, arm: 'flow', turns: event.input, signal, recordContent: true }).then(
    (result) => ({ ...draft, ...factsOf(result), latencyMs: monotonicMs() - startedMs }),
    (thrown: unknown) => {
      if (stop.aborted) throw thrown
      return { ...draft, ...NOTHING_SAID, errorCode: codeOf(thrown), latencyMs: monotonicMs() - startedMs }
    },
  )
  const { usage, costMicroUsd, servedBy } = done
  settle({ costMicroUsd: costMicroUsd ?? NOTHING, tokens: usage.inputTokens + usage.outputTokens, model: servedBy })
  // What it wanted to change it may not, so nobody knows what it would have answered, and no arm is told.
  const made = done.finishReason === 'tool-calls' ? { ...done, arm: null, rollout: null } : done
  telemetry.recorder.settle(made)
  return made
}

function factsOf({ passages, citations, answer, charges = [], ...result }: FlowResult) {
  const { abstained, invalidCitations, finishReason, usage, costMicroUsd, priceBook, servedBy, steps } = result
  const found = new Map(passages.map((passage) => [passage.id, passage]))
  return {
    ...{ status: 'complete' as const, httpStatus: 200, errorCode: null, output: answer, charges },
    ...{ abstained, invalidCitations, finishReason, usage, costMicroUsd, priceBook, servedBy, steps },
    provider: servedBy.split('/')[0] ?? null,
    citations: citations.map((id) => ({ id, title: found.get(id)?.title ?? '', source: found.get(id)?.source ?? '' })),
  }
}

const NOTHING_SAID = {
  ...{ status: 'errored' as const, httpStatus: 500, output: '', charges: [], abstained: false, citations: [] },
  ...{
    invalidCitations: [],
    finishReason: null,
    servedBy: null,
    provider: null,
    costMicroUsd: NOTHING,
    priceBook: null,
  },
  usage: { inputTokens: 0, outputTokens: 0, estimated: true },
}

const codeOf = (thrown: unknown): string => (thrown instanceof Failure ? thrown.code : 'shadow.failed')
