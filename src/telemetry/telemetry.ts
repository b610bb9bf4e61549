/**
 * Telemetry: what happened to every request, what people said about the answers, and what it cost.
 * The recorder stands in the path of requests; everything else here reads the database.
 */
import type { Sought } from '../core/data-subject.ts'
import { contentSeal } from '../kernel/content-seal.ts'
import { Failure } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Secret } from '../kernel/secret.ts'
import type { Clock, Instant } from '../kernel/time.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { Remember } from '../store/remember.ts'
import { type Caller, demandApplication } from '../wire/caller.ts'
import type { ChangeEvent } from '../wire/events.ts'
import { createPost } from '../wire/post.ts'
import { page } from '../wire/route.ts'
import { inputOf } from './asked.ts'
import type { Feedback, FeedbackDraft, TelemetryStatus, Trace, TraceFilter } from './contract.ts'
import { type CostUnder, costAgain } from './cost-again.ts'
import { createOtlpExport, type OtlpExportSettings } from './exporters/otlp-export.ts'
import { addFeedback, feedbackOf } from './feedback/store.ts'
import { createInsert } from './insert.ts'
import { createOtlpReceiver } from './otlp-receiver.ts'
import { countAskedByDay, countAskedIn, listAsked, type PeriodAsk } from './patterns/store.ts'
import { removeOldTraces, telemetryPlaces, traceIdsOfPerson } from './personal/personal.ts'
import { createReconcile } from './reconciliation/index.ts'
import { createRecorder, type RecorderOptions } from './recorder.ts'
import { createRequestMetrics } from './request-metrics.ts'
import { createStoredResponses } from './responses/responses.ts'
import { createRollUp } from './roll-up/index.ts'
import { createSealOlder, openContentKey } from './sealing/index.ts'
import type { TraceId } from './settled.ts'
import { spansOfRequest } from './spans.ts'
import { findTrace, listTraceRows, plainMoney, spansOf } from './store.ts'
import { type SearchOptions, searchText } from './text-search.ts'
import { readModelsAsked } from './times/store.ts'
import { createResponseTimes } from './times/times.ts'
import { cursorOf, textOfCursor } from './trace-cursor.ts'
import { createTraceReferences } from './trace-references.ts'
import type { TraceReference, TraceRow } from './trace-row.ts'
import { countAsked, listUnmet, type UnmetAsk } from './unmet/store.ts'
import { createRecompute } from './usage/recompute.ts'
import { countSessions, countUsersByWeek, listQuestions, type QuestionsAsk } from './usage/store.ts'
import { createTraffic } from './usage/traffic.ts'
import { createUsage } from './usage/usage.ts'
import type { TraceCost } from './usage-contract.ts'

export type TelemetryDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  /** The spool's folder, for example `<data>/spool`. */
  readonly folder: string
  readonly organisation: string
  readonly publish: (event: ChangeEvent) => void
  readonly recorder?: RecorderOptions
  readonly search?: SearchOptions
  /** The collector that settled traces are sent on to; undefined for none. */
  readonly collector?: OtlpExportSettings | undefined
  readonly random: RandomBytes
  /** Told of what could not be written, and is tried again. */
  readonly report?: (thrown: unknown) => void
  /** Absent where no price book is kept. */
  readonly costUnder?: CostUnder
  /** How what is said is sealed; absent where nothing is, and nothing that is can be opened. */
  readonly sealing?: { readonly isOn: boolean; readonly masterKey: Secret; readonly remember: Remember }
}

export type FeedbackListener = (feedback: Feedback, trace: TraceReference) => void
export type Telemetry = Awaited<ReturnType<typeof createTelemetry>>

/** Opens the spool; call `recorder.start()` when the listeners are there, and `close()` at the end. */
export async function createTelemetry(deps: TelemetryDeps) {
  const { db, clock, newId, folder, publish, costUnder = async () => 'unknown-book' } = deps
  const listeners = new Set<FeedbackListener>()
  const seal =
    deps.sealing && contentSeal({ ...deps.sealing, ...deps, key: await openContentKey({ ...deps, ...deps.sealing }) })
  const sealOlder = createSealOlder({ ...deps, seal, report: deps.report ?? (() => {}) })
  const otlp = createOtlpReceiver({ db, publish, seal })
  const usageBy = createUsage({ db, clock })
  const responses = createStoredResponses({ db, clock, seal, report: deps.report ?? (() => {}) })
  const recorder = await createRecorder({
    folder,
    clock,
    seal,
    ...createInsert(db, seal),
    onIngested: (traces) => announce(traces, publish),
    ...(deps.recorder && { options: deps.recorder }),
  })

  const metrics = createRequestMetrics()
  recorder.onSettled(metrics.observe)
  const collector =
    deps.collector && createOtlpExport(deps.collector, { clock, random: deps.random, post: createPost() })
  if (collector)
    recorder.onSettled((event, asked) =>
      collector.offer(asked && deps.collector?.withContent ? { ...event, input: inputOf(asked) } : event),
    )

  const isBehind = () => {
    const { queued, spooled } = recorder.status()
    return queued + spooled > 0
  }
  const references = createTraceReferences({ db, clock, recorder, isBehind })
  const referenceOf = references.find
  const settle = async () => isBehind() && (await recorder.drain().catch(() => {}))

  return {
    recorder,
    metrics,
    usageBy,
    /** Adds usage up by hour; started in a process that works on jobs. */
    rollUp: createRollUp({ db, clock, report: deps.report ?? (() => {}) }),
    trafficOf: createTraffic({ db, clock }),
    /** With everything that has ended by now. */
    responseTimes: createResponseTimes({ db, clock, settle }),
    traceIdOf: async (response: string): Promise<TraceId | undefined> => (await referenceOf({ response }))?.traceId,
    /** Whose hash a trace carries, also of one that is not written yet; undefined when there is no such trace. */
    unitOf: async (trace: TraceId): Promise<TraceReference['unit'] | undefined> => (await referenceOf({ trace }))?.unit,
    recompute: createRecompute({ db, clock, costUnder }),
    reconcile: createReconcile({ db, costUnder }),

    /** Calls back after feedback was stored. */
    onFeedback(listener: FeedbackListener): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async list({
      caller,
      filter,
      cursor,
      limit,
    }: {
      caller: Caller
      filter: TraceFilter
      cursor: string | undefined
      limit: number
    }) {
      if (caller.application !== null && filter.application !== undefined) demandApplication(caller, filter.application)
      const { text, ...rest } = filter
      const query = {
        filter: caller.application === null ? rest : { ...rest, application: caller.application },
        cursor: cursor === undefined ? undefined : cursorOf(cursor),
      }
      if (text) {
        const { items, next } = await searchText(db, { ...query, text, limit }, { ...deps.search, seal })
        return { items, next: next ? textOfCursor(next) : null, searchedTo: next?.at ?? null }
      }
      const rows = await listTraceRows(db, { ...query, limit: limit + 1 }, seal)
      return { ...page(rows, limit, textOfCursor), searchedTo: null }
    },

    async get({ caller, traceId }: { caller: Caller; traceId: TraceId }): Promise<Trace> {
      let row = await findTrace(db, traceId, seal)
      if (!row && isBehind()) {
        await recorder.drain().catch(() => {})
        row = await findTrace(db, traceId, seal)
      }
      if (!row || !mayRead(caller, row)) throw unknownTrace(traceId)
      const received = await spansOf(db, traceId, seal)
      const spans = received.map(({ traceId: _, organisation: __, application: ___, ...span }) => span)
      const { citations, invalidCitations, input, output, steps: _, metadata, ...summary } = plainMoney(row)
      return {
        traceId,
        summary,
        input,
        output,
        citations,
        invalidCitations,
        metadata,
        spans: row.source === 'gateway' ? [...spansOfRequest(plainMoney(row)), ...spans] : spans,
        feedback: lastWords(await feedbackOf(db, traceId, seal)),
      }
    },

    async costOf({ caller, traceId }: { caller: Caller; traceId: TraceId }): Promise<TraceCost> {
      await settle()
      const row = await findTrace(db, traceId, seal)
      if (!row || !mayRead(caller, row)) throw unknownTrace(traceId)
      return costAgain(plainMoney(row), costUnder)
    },

    /** All that was said about a trace, what was replaced too. */
    async history({ caller, traceId }: { caller: Caller; traceId: TraceId }): Promise<Feedback[]> {
      const trace = await referenceOf({ trace: traceId })
      if (!trace || !mayRead(caller, trace)) throw unknownTrace(traceId)
      return feedbackOf(db, traceId, seal)
    },

    async recordFeedback({ caller, draft }: { caller: Caller; draft: FeedbackDraft }): Promise<Feedback> {
      const target = draft.trace ?? draft.response ?? ''
      const trace = await references.await(draft.trace === undefined ? { response: target } : { trace: draft.trace })
      if (!trace || !mayRead(caller, trace)) throw unknownTrace(target)
      const feedback: Feedback = {
        id: newId('fbk'),
        organisation: trace.organisation,
        traceId: trace.traceId,
        application: trace.application,
        name: draft.name,
        value: draft.value,
        comment: draft.comment ?? null,
        correction: draft.correction ?? null,
        user: draft.user ?? null,
        at: clock(),
      }
      await inTransaction(db, (tx) => addFeedback(tx, feedback, seal))
      for (const listener of listeners) listener(feedback, trace)
      publish({ topic: 'feedback', id: feedback.id, application: feedback.application })
      return feedback
    },

    /** By day and release, with everything that has ended by now. */
    async sessions(ask: { application: string; stage: string; since: Instant }) {
      await settle()
      return countSessions(db, ask)
    },

    /** What the requests of a load run asked of models. */
    modelsAsked: (ask: Parameters<typeof readModelsAsked>[1]) => settle().then(() => readModelsAsked(db, ask)),
    /** What was asked in a stage, the newest first, with everything that has ended by now. */
    questions: (ask: QuestionsAsk) => settle().then(() => listQuestions(db, ask, seal)),
    /** What users did not get, the newest first, and how many requests there were in all. */
    unmet: async (ask: UnmetAsk) => {
      await settle()
      return { requests: await listUnmet(db, ask, seal), asked: await countAsked(db, ask) }
    },
    /** What users asked in a period, with everything that has ended by now. */
    asked: {
      list: (ask: PeriodAsk & { limit: number }) => settle().then(() => listAsked(db, ask, seal)),
      count: (ask: PeriodAsk) => settle().then(() => countAskedIn(db, ask)),
      days: (ask: PeriodAsk) => settle().then(() => countAskedByDay(db, ask)),
    },
    usersByWeek: (ask: { application: string; since: Instant }) => countUsersByWeek(db, ask),

    receive: otlp.receive,

    /** For other slices that keep what was said. */
    seal,
    /** Seals what came before; started in a process that works on jobs. */
    sealOlder,

    /** Answers that clients build on. */
    responses,

    personalPlaces: [...telemetryPlaces(db, seal), responses.place],
    traceIdsOf: (sought: Sought) => traceIdsOfPerson(db, sought, seal),
    async removeOld(ask: { application: string | null; before: Instant; signal: AbortSignal }): Promise<number> {
      const traces = await removeOldTraces(db, ask)
      return traces + (await responses.removeBefore(ask))
    },

    usage: usageBy.ofApplication,

    status: (): TelemetryStatus => ({ ...recorder.status(), export: collector?.status() ?? null }),

    async close(): Promise<void> {
      await sealOlder.stop()
      await collector?.close()
      await responses.close()
      await recorder.close()
      await otlp.close()
    },
  }
}

const mayRead = (caller: Caller, trace: Pick<TraceRow, 'organisation' | 'application'>): boolean =>
  caller.organisation === trace.organisation &&
  (caller.application === null || caller.application === trace.application)

const unknownTrace = (id: string) =>
  new Failure(
    'unknown',
    'telemetry.trace-unknown',
    `There is no trace ${id}. Take the id from the header airworthy-trace.`,
  )

/** The last word of each (user, name). */
const lastWords = (history: readonly Feedback[]): Feedback[] => [
  ...new Map(history.map((feedback) => [`${feedback.name} ${feedback.user ?? ''}`, feedback])).values(),
]

/** One event for each application of a batch: pages ask again, they do not count events. */
function announce(traces: readonly TraceReference[], publish: (event: ChangeEvent) => void): void {
  const newest = new Map(traces.map((trace) => [trace.application, trace.traceId]))
  for (const [application, id] of newest) publish({ topic: 'trace', id, application })
}
