/**
 * Answers that clients build on by their ids, for thirty days. One is found from the moment at which it is given, by
 * the process that gave it; others find it as soon as it is written.
 */
import { mentions } from '../../core/data-subject.ts'
import type { ContentSeal } from '../../kernel/content-seal.ts'
import { type Clock, DAY, HOUR, type Instant, later, sleep } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { likePatterns, type PersonalPlace } from '../../store/personal-data.ts'
import {
  addResponses,
  findResponse,
  listPersonResponses,
  removeResponse,
  removeResponseById,
  removeResponsesBefore,
} from './store.ts'
import type { StoredResponse, Whose } from './stored-response.ts'

const KEPT_MS = 30 * DAY
/** Waiting to be written; what comes after is not kept. */
const MOST_WAITING = 1_000
const MOST_WAITING_CHARACTERS = 64 * 1024 * 1024
/** After a failed write. */
const AGAIN_MS = 1_000
/** Another process may be about to write what is asked for. */
const LOOKS_MS = [0, 100, 400]
/** Clients may go on from what they were given elsewhere, which is never here; they are not kept waiting for it. */
const HOLDER_LOOKS_MS = [0, 100]
/** Written in one statement. */
const WRITTEN = { rows: 100, characters: 4 * 1024 * 1024 } as const

/** A provider that keeps a response, and the name of the key that it was made with. */
export type ResponseHolder = { readonly provider: string; readonly credential: string | null }

export type StoredResponses = ReturnType<typeof createStoredResponses>

export function createStoredResponses({
  db,
  clock,
  report,
  seal,
}: {
  db: Database
  clock: Clock
  report: (thrown: unknown) => void
  seal: ContentSeal | undefined
}) {
  const waiting = new Map<string, StoredResponse>()
  let characters = 0
  let writing: Promise<void> | undefined
  let isClosed = false
  let cleanedAt: Instant | undefined

  async function write(): Promise<void> {
    while (waiting.size > 0) {
      if (isClosed) return
      const some = firstOf(waiting.values())
      try {
        await addResponses(db, some, seal)
      } catch (thrown) {
        report(thrown)
        await sleep(AGAIN_MS)
        return
      }
      for (const response of some) if (waiting.delete(response.id)) characters -= sizeOf(response)
    }
    await removeExpired().catch(report)
  }

  async function removeExpired(): Promise<void> {
    const now = clock()
    if (cleanedAt !== undefined && cleanedAt > later(now, -HOUR)) return
    cleanedAt = now
    await removeResponsesBefore(db, { before: later(now, -KEPT_MS) })
  }

  const isTheirs = (found: StoredResponse, whose: Whose): boolean =>
    found.organisation === whose.organisation &&
    found.actor === whose.actor &&
    (whose.application === null || found.application === whose.application)

  async function look(id: string, looks: readonly number[]): Promise<StoredResponse | undefined> {
    for (const ms of looks) {
      if (ms > 0) await sleep(ms)
      const found = waiting.get(id) ?? (await findResponse(db, { id, after: later(clock(), -KEPT_MS) }, seal))
      if (found) return found
    }
    return undefined
  }

  async function find(id: string, whose: Whose): Promise<StoredResponse | undefined> {
    const found = await look(id, LOOKS_MS)
    return found && isTheirs(found, whose) ? found : undefined
  }

  return {
    /** False when too many wait to be written. Never waits, never throws. */
    keep(response: StoredResponse): boolean {
      if (waiting.size >= MOST_WAITING || characters + sizeOf(response) > MOST_WAITING_CHARACTERS) return false
      waiting.set(response.id, response)
      characters += sizeOf(response)
      void writeAll()
      return true
    },
    find,
    /** Who keeps a response of this id, where it is no other's; undefined for one that was never noted. */
    async holder(id: string, whose: Whose): Promise<ResponseHolder | 'another' | undefined> {
      const found = await look(id, HOLDER_LOOKS_MS)
      if (found && !isTheirs(found, whose)) return 'another'
      return found && holderIn(found)
    },
    /** True when it was there and whoever asks may see it. */
    async remove(id: string, whose: Whose): Promise<boolean> {
      if (!(await find(id, whose))) return false
      await flush()
      return removeResponse(db, id, whose)
    },
    removeBefore: (ask: { application: string | null; before: Instant }) => removeResponsesBefore(db, ask),
    place: placeOf(db, seal),
    /** Writes what waits. */
    async close(): Promise<void> {
      await flush()
      isClosed = true
    },
  }

  function flush(): Promise<void> {
    writing ??= write().finally(() => {
      writing = undefined
    })
    return writing
  }

  /** Until nothing waits: more may have come meanwhile, and a write may have failed. */
  async function writeAll(): Promise<void> {
    while (waiting.size > 0 && !isClosed) await flush()
  }
}

/** Undefined for what is kept here. */
export const holderIn = ({ provider, credential }: StoredResponse): ResponseHolder | undefined =>
  provider === null ? undefined : { provider, credential }

/** As many as are written at once; one at least. */
function firstOf(all: Iterable<StoredResponse>): StoredResponse[] {
  const some: StoredResponse[] = []
  let characters = 0
  for (const one of all) {
    characters += sizeOf(one)
    if (some.length > 0 && (some.length === WRITTEN.rows || characters > WRITTEN.characters)) break
    some.push(one)
  }
  return some
}

const sizeOf = ({ input, response }: StoredResponse): number => input.length + response.length

function placeOf(db: Database, seal: ContentSeal | undefined): PersonalPlace {
  async function* theirs(sought: Parameters<PersonalPlace['find']>[0]) {
    const query = { patterns: likePatterns(sought), user: sought.user, before: sought.before }
    for (let after = ''; ; ) {
      const page = await listPersonResponses(db, { ...query, after }, seal)
      for (const found of page) {
        const { user, identifiers } = sought
        if ((user !== null && found.user === user) || mentions({ user, identifiers }, [found.input, found.response]))
          yield found
      }
      const last = page.at(-1)
      if (!last) return
      after = last.id
    }
  }
  return {
    name: 'stored responses',
    async *find(sought) {
      for await (const found of theirs(sought)) yield { fate: 'remove', application: found.application, content: found }
    },
    async remove(sought, count) {
      for await (const { id } of theirs(sought))
        await inTransaction(db, async (tx) => count(tx, 'remove', await removeResponseById(tx, id)))
    },
  }
}
