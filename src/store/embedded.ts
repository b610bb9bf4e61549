/** The embedded engine: PGlite in a worker thread behind one connection that callers take in turn. */
import { Worker } from 'node:worker_threads'
import { DatabaseError } from './database-error.ts'
import type { Connection, Engine, Rows } from './engine.ts'

type Answer = {
  id: number
  rows: Rows['rows']
  affectedRows: number
  error?: { message: string; code?: string; detail?: string; constraint?: string }
}

/**
 * Opens the engine over a folder, or in memory when `folder` is null (for tests). A new database begins as a copy
 * of the seed; without `seed` the engine makes one itself.
 */
export async function openEmbedded(folder: string | null, { seed = true }: { seed?: boolean } = {}): Promise<Engine> {
  const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { workerData: { folder, seed } })
  const waiting = new Map<number, { resolve(rows: Rows): void; reject(error: Error): void }>()
  let lastId = 0
  let gone: Error | undefined

  const fail = (error: Error) => {
    gone = error
    for (const call of waiting.values()) call.reject(error)
    waiting.clear()
  }
  worker.on('message', (answer: Answer) => {
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.error) call?.reject(new DatabaseError(answer.error))
    else call?.resolve({ rows: answer.rows, affectedRows: answer.affectedRows })
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The embedded database has stopped.')))

  const send = (kind: 'query' | 'script' | 'close', sql = '', parameters: readonly unknown[] = []) =>
    new Promise<Rows>((resolve, reject) => {
      if (gone) return reject(gone)
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, kind, sql, parameters })
    })

  const turns = takeTurns()
  await send('query', 'select 1').catch(async (thrown) => {
    await worker.terminate()
    throw thrown
  })
  return {
    kind: 'embedded',
    async acquire(): Promise<Connection> {
      const release = await turns()
      return {
        query: (sql, parameters) => send('query', sql, parameters),
        script: (sql) => send('script', sql),
        release,
      }
    },
    async close() {
      if (!gone) await send('close')
      await worker.terminate()
    },
  }
}

/** A fair lock: each call resolves with a release function when all earlier ones were released. */
function takeTurns(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    const { promise, resolve } = Promise.withResolvers<void>()
    last = promise
    await before
    return resolve
  }
}
