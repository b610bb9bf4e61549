/**
 * A lock on the data folder. The embedded engine takes none of its own, and a second process that
 * opens the folder makes rows vanish silently; so the first one listens on a socket in the folder
 * (which the system frees when a process dies in any way) and a second one is refused.
 */
import { createHash } from 'node:crypto'
import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Failure } from '../kernel/failure.ts'
import { epochMs, sleep, systemClock } from '../kernel/time.ts'

// Socket paths longer than about 100 bytes are refused by Linux and macOS.
const LONGEST_PATH = 100
const ABANDONED_MS = 5000

/** Takes the lock or throws `store.folder-in-use`. The returned function gives it back. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = socketPath(resolve(folder))
  const done = await oneAtATime(`${path}.taking`)
  try {
    if (await someoneListens(path)) throw inUse(folder)
    rmSync(path, { force: true })
    return await listenAt(path, folder)
  } finally {
    done()
  }
}

async function listenAt(path: string, folder: string): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.on('error', () => {}).end(String(process.pid)))
  await new Promise<void>((taken, refused) => {
    server.once('error', () => refused(inUse(folder)))
    server.listen(path, taken)
  })
  server.unref()
  return () => new Promise((done) => server.close(() => done()))
}

/** Two that start at one moment must not both find nobody and both listen. A mark that a crash left is taken away. */
async function oneAtATime(mark: string): Promise<() => void> {
  for (;;) {
    try {
      closeSync(openSync(mark, 'wx', 0o600))
      return () => rmSync(mark, { force: true })
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
    }
    const { mtimeMs } = statSync(mark, { throwIfNoEntry: false }) ?? {}
    if (mtimeMs !== undefined && epochMs(systemClock()) - mtimeMs > ABANDONED_MS) rmSync(mark, { force: true })
    await sleep(20)
  }
}

const inUse = (folder: string) =>
  new Failure(
    'conflict',
    'store.folder-in-use',
    `Another Airworthy process uses ${folder}. Stop it, or choose another folder with AIRWORTHY_DATA.`,
  )

function socketPath(folder: string): string {
  const inside = join(folder, 'lock.sock')
  if (Buffer.byteLength(inside) <= LONGEST_PATH) return inside
  return join(tmpdir(), `airworthy-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}.sock`)
}

const someoneListens = (path: string): Promise<boolean> =>
  new Promise((answer) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      answer(true)
    })
    socket.once('error', () => answer(false))
  })
