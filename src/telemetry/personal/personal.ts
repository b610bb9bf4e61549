/**
 * What telemetry keeps of people: traces with their spans, and feedback. A trace that names a person goes whole, because
 * what was said in it belongs together; counts of requests and cost of its hour become smaller with it.
 */
import { mentions, type Sought } from '../../core/data-subject.ts'
import type { ContentSeal } from '../../kernel/content-seal.ts'
import { unitOf } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { likePatterns, type PersonalPlace } from '../../store/personal-data.ts'
import type { TraceId } from '../settled.ts'
import {
  listOldTraces,
  listPersonFeedback,
  listPersonTraces,
  type PersonQuery,
  removeFeedback,
  removeTraces,
} from './store.ts'

const PAGE = 100

/** Feedback before traces: it is found by the traces that it is about. */
export function telemetryPlaces(db: Database, seal: ContentSeal | undefined): PersonalPlace[] {
  return [
    {
      name: 'feedback',
      async *find(sought) {
        for await (const feedback of feedbackOfPerson(db, sought, seal))
          yield { fate: 'remove', application: feedback.application, content: feedback }
      },
      async remove(sought, count) {
        for await (const { id } of feedbackOfPerson(db, sought, seal))
          await inTransaction(db, async (tx) => count(tx, 'remove', await removeFeedback(tx, { ids: [id] })))
      },
    },
    {
      name: 'traces',
      async *find(sought) {
        for await (const { trace, spans } of tracesOfPerson(db, sought, seal))
          yield { fate: 'remove', application: trace.application, content: { ...trace, spans } }
      },
      async remove(sought, count) {
        for await (const { trace } of tracesOfPerson(db, sought, seal))
          await inTransaction(db, async (tx) => count(tx, 'remove', await removeTraces(tx, [trace.traceId])))
      },
    },
  ]
}

/** The ids of a person's traces, by which feedback and examples that were made from them are found. */
export async function traceIdsOfPerson(
  db: Database,
  sought: Sought,
  seal: ContentSeal | undefined,
): Promise<TraceId[]> {
  const ids: TraceId[] = []
  for await (const { trace } of tracesOfPerson(db, sought, seal)) ids.push(trace.traceId)
  return ids
}

/** Takes away the traces of an application (null: of none) from before an instant, with their feedback. */
export async function removeOldTraces(
  db: Database,
  { application, before, signal }: { application: string | null; before: Instant; signal: AbortSignal },
): Promise<number> {
  let removed = 0
  for (;;) {
    signal.throwIfAborted()
    const ids = await listOldTraces(db, { application, before, limit: PAGE })
    if (ids.length === 0) return removed
    removed += await inTransaction(db, async (tx) => {
      await removeFeedback(tx, { traces: ids })
      return removeTraces(tx, ids)
    })
  }
}

async function* tracesOfPerson(db: Database, sought: Sought, seal: ContentSeal | undefined) {
  const query = { ...queryOf(sought), seal }
  for (let after = ''; ; ) {
    const page = await listPersonTraces(db, { ...query, after, limit: PAGE })
    for (const found of page) {
      const { trace, spans } = found
      const isTheirs = trace.user === query.user && query.user !== null
      if (isTheirs || trace.unit === query.unit || mentions(withoutTraces(sought), [trace, spans])) yield found
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last.trace.traceId
  }
}

async function* feedbackOfPerson(db: Database, sought: Sought, seal: ContentSeal | undefined) {
  const query = { ...queryOf(sought), traces: [...sought.traces], seal }
  for (let after = ''; ; ) {
    const page = await listPersonFeedback(db, { ...query, after, limit: PAGE })
    for (const feedback of page) if (mentions(sought, feedback)) yield feedback
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last.id
  }
}

const queryOf = (sought: Sought): Omit<PersonQuery, 'after' | 'limit' | 'seal'> => ({
  patterns: likePatterns(sought),
  user: sought.user,
  unit: sought.user === null ? null : unitOf(sought.user),
  before: sought.before,
})

const withoutTraces = ({ user, identifiers }: Sought) => ({ user, identifiers })
