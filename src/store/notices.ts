/**
 * What processes on one PostgreSQL tell each other. A notice is a hint that something changed, never the thing itself:
 * it may be lost with a connection, so whoever listens looks for itself from time to time as well.
 */
import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { Engine } from './engine.ts'

const CHANNEL = 'airworthy_changes'
/** What comes within this time goes together, and twice the same goes once. */
const GATHER_MS = 25
/** PostgreSQL takes 8,000 bytes. */
const LONGEST = 7000

export type Notices = {
  /** Tells the other processes; not this one. */
  tell(text: string): void
  hear(listener: (text: string) => void): void
  close(): Promise<void>
}

/** On the embedded engine nobody is there to be told. */
export function createNotices({ db, engine, from }: { db: Database; engine: Engine; from: string }): Notices {
  const listeners = new Set<(text: string) => void>()
  let waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const stop = engine.listen?.(CHANNEL, (payload) => {
    const at = payload.indexOf(' ')
    if (payload.slice(0, at) === from) return
    for (const listener of listeners) listener(payload.slice(at + 1))
  })

  async function send(): Promise<void> {
    timer = undefined
    const texts = [...waiting].map((text) => `${from} ${text}`)
    waiting = new Set()
    // While the database is away a notice helps nobody.
    await sql`select pg_notify(${CHANNEL}, value) from jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb)`
      .execute(db)
      .catch(() => {})
  }

  return {
    tell(text) {
      if (!stop || Buffer.byteLength(text) > LONGEST) return
      waiting.add(text)
      timer ??= setTimeout(() => void send(), GATHER_MS)
      timer.unref()
    },
    hear: (listener) => void listeners.add(listener),
    async close() {
      clearTimeout(timer)
      if (waiting.size > 0) await send()
      await stop?.()
    },
  }
}
