/** The embedded engine: PGlite in a worker thread behind one connection that callers take in turn. */
import { existsSync } from 'node:fs'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { away, busy, DatabaseError, diskFull, isAway, isNoSpace } from './database-error.ts'
import type { Connection, Engine, Rows } from './engine.ts'
import type { EngineMessage, EnginePlace, EngineSaying } from './engine-host.ts'
import { createLogTrim, type EngineUpkeep, type LogTrimming } from './log-trim.ts'
import { createSweep, type Sweeping } from './sweep.ts'

type Kind = EngineMessage['kind']
/** What the engine is asked and answers through. */
export type EngineThread = Pick<Worker, 'terminate'> & {
  on(event: 'message' | 'error' | 'exit', heard: (said: unknown) => void): unknown
  postMessage(message: EngineMessage): void
}
type Link = {
  /** Why nothing more comes from it. */
  gone(): Error | undefined
  send(kind: Kind, sql?: string, parameters?: readonly unknown[]): Promise<Rows>
  listen(channel: string, heard: (text: string) => void): Promise<unknown>
  end(): Promise<unknown>
}

/** On a full disk the engine turns in circles for ever; the disk is looked at after this time of silence. */
const SILENCE_MS = 2000
/** A slow disk lets callers pile up; more than so many are told at once, instead of when they have given up. */
const MOST_WAITING = 10_000
/** What passes through the engine's thread is texts and bytes on their way; a larger nursery would only hold garbage. */
const YOUNG_MEGABYTES = 16
const LEAST_FREE_BYTES = 4 * 1024 * 1024

/**
 * Opens the engine over a folder, or in memory when `folder` is null (for tests). A new database begins as a copy
 * of the seed; without `seed` the engine makes one itself.
 *
 * A thread that ends (its memory is used up) or is stuck (its disk is full) takes down what it was doing, and the next
 * statement opens the folder again, as after a crash.
 *
 * @param isShared whether it is lent to other processes, so that notices have somebody to hear them
 * @param startThread where it runs
 * @param trimLog how often its log is looked at, and from which length on it is cut
 * @param sweep how often its tables are looked at for rows that are gone
 */
export async function openEmbedded(
  folder: string | null,
  {
    seed = true,
    isShared = false,
    startThread = threadOfItsOwn,
    trimLog,
    sweep,
  }: {
    seed?: boolean
    isShared?: boolean
    startThread?: (place: EnginePlace) => EngineThread
    trimLog?: LogTrimming
    sweep?: Sweeping
  } = {},
): Promise<Engine> {
  const listeners = new Map<string, Set<(text: string) => void>>()
  const turns = takeTurns()
  // In memory, where tests run, nothing is kept for long.
  const upkeep: readonly EngineUpkeep[] = folder === null ? [] : [createLogTrim(trimLog), createSweep(sweep)]
  let isClosed = false
  let link = await openLink()

  async function openLink(): Promise<Link> {
    const fresh = linkTo(startThread({ folder, seed }), folder)
    await fresh.send('query', 'select 1').catch(async (thrown) => {
      await fresh.end()
      throw thrown
    })
    for (const [channel, all] of listeners) await listenAt(fresh, channel, all)
    return fresh
  }

  const listenAt = (to: Link, channel: string, all: ReadonlySet<(text: string) => void>) =>
    to.listen(channel, (text) => {
      for (const heard of all) heard(text)
    })

  function listen(channel: string, heard: (text: string) => void): () => Promise<void> {
    const all = listeners.get(channel) ?? new Set()
    all.add(heard)
    if (!listeners.has(channel)) {
      listeners.set(channel, all)
      // A link that breaks is opened again with what is listened to.
      listenAt(link, channel, all).catch(() => {})
    }
    return async () => void all.delete(heard)
  }

  return {
    kind: 'embedded',
    async acquire(): Promise<Connection> {
      const release = await turns()
      try {
        if (link.gone() && folder !== null && !isClosed) {
          if (await isFull(folder)) throw diskFull(folder)
          link = await openLink()
        }
      } catch (thrown) {
        release()
        throw isAway(thrown) ? thrown : away(thrown)
      }
      // Whoever holds it keeps it: a transaction does not go on in an engine that was opened anew.
      const held = link
      return {
        query: (sql, parameters) => held.send('query', sql, parameters),
        script: (sql) => held.send('script', sql),
        release() {
          const due = isClosed || held.gone() ? [] : upkeep.filter((one) => one.isDue())
          if (due.length === 0) return release()
          const script = (sql: string) => held.send('script', sql)
          // An engine that cannot do it tells whoever asks next.
          void (async () => {
            for (const one of due) await one.run(script)
          })().then(release, release)
        },
      }
    },
    ...(isShared && { listen }),
    async close() {
      isClosed = true
      if (!link.gone()) await link.send('close').catch(() => {})
      await link.end()
    },
  }
}

const threadOfItsOwn = (workerData: EnginePlace): EngineThread =>
  new Worker(new URL('./engine-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })

function linkTo(thread: EngineThread, folder: string | null): Link {
  const waiting = new Map<number, { resolve(rows: Rows): void; reject(error: Error): void }>()
  const notices = new Map<number, (text: string) => void>()
  let lastId = 0
  let gone: Error | undefined

  const fail = (cause: unknown) => {
    gone ??= isAway(cause) ? cause : away(cause)
    for (const call of waiting.values()) call.reject(gone)
    waiting.clear()
  }
  thread.on('message', (said) => {
    const answer = said as EngineSaying
    if ('text' in answer) return notices.get(answer.id)?.(answer.text)
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.error) call?.reject(new DatabaseError(answer.error))
    else call?.resolve({ rows: answer.rows, affectedRows: answer.affectedRows })
  })
  thread.on('error', fail)
  thread.on('exit', () => fail(new Error('The embedded database has stopped.')))

  const post = (kind: Kind, sql: string, parameters: readonly unknown[]) =>
    new Promise<Rows>((resolve, reject) => {
      if (gone) return reject(gone)
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      thread.postMessage({ id, kind, sql, parameters })
    })

  /** Ends a thread that says nothing while its disk is full. */
  function watch(): () => void {
    if (folder === null) return () => {}
    let isAnswered = false
    const timer = setInterval(async () => {
      if (!(await isFull(folder)) || isAnswered) return
      fail(diskFull(folder))
      void thread.terminate()
    }, SILENCE_MS)
    timer.unref()
    return () => {
      isAnswered = true
      clearInterval(timer)
    }
  }

  return {
    gone: () => gone,
    listen(channel, heard) {
      notices.set(lastId + 1, heard)
      return post('listen', channel, [])
    },
    async send(kind, sql = '', parameters = []) {
      const stop = watch()
      try {
        return await post(kind, sql, parameters)
      } finally {
        stop()
      }
    },
    end: () => thread.terminate(),
  }
}

/** By what the disk says, and by trying: a quota or a limit on files is full on a disk that is not. */
async function isFull(folder: string): Promise<boolean> {
  const probe = `${folder}.probe`
  try {
    const { bavail, bsize } = await statfs(existsSync(folder) ? folder : dirname(folder))
    if (bavail * bsize < LEAST_FREE_BYTES) return true
    await writeFile(probe, Buffer.alloc(LEAST_FREE_BYTES), { mode: 0o600 })
    return false
  } catch (thrown) {
    return isNoSpace(thrown)
  } finally {
    await rm(probe, { force: true }).catch(() => {})
  }
}

/** A fair lock: each call resolves with a release function when all earlier ones were released. Throws when too many wait. */
function takeTurns(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  let waiting = 0
  return async () => {
    if (waiting >= MOST_WAITING) throw busy()
    const before = last
    const { promise, resolve } = Promise.withResolvers<void>()
    last = promise
    waiting += 1
    await before
    waiting -= 1
    return resolve
  }
}
