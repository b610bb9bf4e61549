/**
 * The embedded engine for further processes of the same installation: the process that opened it lends its connection
 * over a channel of messages, in turn with its own callers.
 *
 * Invariant: what a borrower held is rolled back and given back when the borrower is gone.
 */
import { Failure, type FailureKind, messageOf } from '../kernel/failure.ts'
import { away, DatabaseError } from './database-error.ts'
import type { Connection, Engine, Rows } from './engine.ts'

type Kind = 'acquire' | 'query' | 'script' | 'release' | 'listen'
export type EngineAsk = {
  readonly engine: Kind
  readonly id: number
  readonly connection: number
  readonly sql: string
  readonly parameters: readonly unknown[]
}
type Refusal =
  | { readonly kind: FailureKind; readonly code: string; readonly message: string }
  | {
      readonly kind: null
      readonly message: string
      readonly code?: string
      readonly detail?: string
      readonly constraint?: string
    }
export type EngineAnswer =
  | { readonly engine: 'answer'; readonly id: number; readonly rows: Rows; readonly refusal?: Refusal }
  | { readonly engine: 'heard'; readonly id: number; readonly text: string }

const NOTHING: Rows = { rows: [], affectedRows: 0 }

/** The side that has the engine, for one borrower. */
export function lendEngine(engine: Engine, send: (answer: EngineAnswer) => void) {
  const held = new Map<number, Connection>()
  const stops: (() => Promise<void>)[] = []
  let isGone = false

  async function answer({ engine: kind, id, connection, sql, parameters }: EngineAsk): Promise<Rows> {
    if (kind === 'acquire') {
      const taken = await engine.acquire()
      if (isGone) taken.release()
      else held.set(connection, taken)
      return NOTHING
    }
    if (kind === 'listen') {
      const stop = engine.listen?.(sql, (text) => send({ engine: 'heard', id, text }))
      if (stop) stops.push(stop)
      return NOTHING
    }
    const mine = held.get(connection)
    if (!mine) throw away(new Error('The connection is gone.'))
    if (kind === 'query') return mine.query(sql, parameters)
    if (kind === 'script') return mine.script(sql)
    held.delete(connection)
    mine.release()
    return NOTHING
  }

  return {
    take(ask: EngineAsk): void {
      answer(ask).then(
        (rows) => send({ engine: 'answer', id: ask.id, rows }),
        (thrown) => send({ engine: 'answer', id: ask.id, rows: NOTHING, refusal: refusalOf(thrown) }),
      )
    },
    /** The borrower is gone. */
    async end(): Promise<void> {
      isGone = true
      for (const stop of stops) await stop()
      for (const connection of held.values()) {
        // Without a transaction this is a warning.
        await connection.script('rollback').catch(() => {})
        connection.release()
      }
      held.clear()
    },
  }
}

/** The side that borrows. `take` is given what comes from the other side. */
export function borrowEngine(send: (ask: EngineAsk) => void): { engine: Engine; take(answer: EngineAnswer): void } {
  const waiting = new Map<number, { resolve(rows: Rows): void; reject(thrown: unknown): void }>()
  const listeners = new Map<number, (text: string) => void>()
  let last = 0
  let connections = 0

  const ask = (kind: Kind, { connection = 0, sql = '', parameters = [] as readonly unknown[] } = {}): Promise<Rows> =>
    new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve, reject })
      send({ engine: kind, id, connection, sql, parameters })
    })

  return {
    engine: {
      kind: 'embedded',
      async acquire() {
        const connection = ++connections
        await ask('acquire', { connection })
        return {
          query: (sql, parameters) => ask('query', { connection, sql, parameters }),
          script: (sql) => ask('script', { connection, sql }),
          release: () => void ask('release', { connection }).catch(() => {}),
        }
      },
      listen(channel, heard) {
        const id = last + 1
        listeners.set(id, heard)
        void ask('listen', { sql: channel }).catch(() => {})
        return async () => void listeners.delete(id)
      },
      close: async () => {},
    },
    take(answer) {
      if (answer.engine === 'heard') return listeners.get(answer.id)?.(answer.text)
      const call = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.refusal) call?.reject(thrownOf(answer.refusal))
      else call?.resolve(answer.rows)
    },
  }
}

function refusalOf(thrown: unknown): Refusal {
  const message = messageOf(thrown)
  if (thrown instanceof Failure) return { kind: thrown.kind, code: thrown.code, message }
  if (!(thrown instanceof DatabaseError)) return { kind: null, message }
  const { code, detail, constraint } = thrown
  return { kind: null, message, ...(code && { code }), ...(detail && { detail }), ...(constraint && { constraint }) }
}

const thrownOf = (refusal: Refusal): Error =>
  refusal.kind === null ? new DatabaseError(refusal) : new Failure(refusal.kind, refusal.code, refusal.message)
