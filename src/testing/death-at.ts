/**
 * Loaded before a server that is to die by SIGKILL at a named point: `--import …/death-at.ts?point=rename&at=3&when=before`.
 * It counts what the main thread does to files of the data folder, and what it asks of the embedded engine.
 *
 * - `write`: dies with half of it written
 * - `sync`, `rename`, `unlink`: before it is done, or after it was and before anybody knew
 * - `sql`: before a statement that changes something is sent, so between the steps of migrations and within them, or after
 */
import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread, Worker } from 'node:worker_threads'

const asked = new URL(import.meta.url).searchParams
const [folder, point, when] = [asked.get('folder') ?? '', asked.get('point'), asked.get('when')]
const at = Number(asked.get('at'))
let met = 0

if (isMainThread && point) await lieInWait()

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('The process is dead.')
}

/** Whether this is the one. */
const isIt = (name: string, path: unknown = folder): boolean =>
  name === point && String(path).startsWith(folder) && ++met === at

/** Runs the work, and dies before or after it when this is the one. */
function around<Result>(name: string, path: unknown, work: () => Result): Result {
  if (!isIt(name, path)) return work()
  if (when === 'before') die()
  const result = work()
  if (!(result instanceof Promise)) die()
  return result.then(die) as Result
}

async function lieInWait(): Promise<void> {
  const { renameSync, fsyncSync, fdatasync, writeFileSync, writeSync } = fs
  const { rename, unlink } = promises
  fs.renameSync = (from, to) => around('rename', to, () => renameSync(from, to))
  promises.rename = (from, to) => around('rename', to, () => rename(from, to))
  promises.unlink = (path) => around('unlink', path, () => unlink(path))
  fs.fsyncSync = (file) => around('sync', folder, () => fsyncSync(file))
  fs.fdatasync = Object.assign(
    (file: number, done: (thrown: NodeJS.ErrnoException | null) => void) =>
      around('sync', folder, () => fdatasync(file, isIt('sync') ? die : done)),
    { __promisify__: fdatasync.__promisify__ },
  )
  fs.writeFileSync = ((file: fs.PathOrFileDescriptor, text: string, options?: fs.WriteFileOptions) => {
    if (!isIt('write', typeof file === 'number' ? folder : file)) return writeFileSync(file, text, options)
    writeFileSync(file, text.slice(0, text.length / 2), options)
    die()
  }) as typeof fs.writeFileSync
  fs.writeSync = ((file: number, bytes: Buffer | string, ...rest: never[]) => {
    if (!isIt('write')) return (writeSync as (...words: unknown[]) => number)(file, bytes, ...rest)
    writeSync(file, Buffer.from(bytes as string).subarray(0, bytes.length / 2))
    die()
  }) as typeof fs.writeSync
  const handle = await promises.open(fileURLToPath(import.meta.url).split('?')[0] ?? '')
  const kind: { sync: () => Promise<void>; writeFile: typeof handle.writeFile } = Object.getPrototypeOf(handle)
  await handle.close()
  const { sync, writeFile } = kind
  kind.sync = function (this: unknown) {
    return around('sync', folder, () => sync.call(this as never))
  }
  kind.writeFile = async function (this: unknown, data, options) {
    if (!isIt('write')) return writeFile.call(this as never, data, options)
    await writeFile.call(this as never, Buffer.from(data as string).subarray(0, String(data).length / 2), options)
    die()
  }
  syncBuiltinESMExports()

  const { postMessage } = Worker.prototype
  Worker.prototype.postMessage = function (message: { sql?: string }, ...rest) {
    const isChange = /^\s*(begin|commit|insert|update|delete|create|alter|with)\b/i.test(message.sql ?? '')
    if (!isChange || !isIt('sql')) return postMessage.call(this, message, ...rest)
    if (when === 'before') die()
    postMessage.call(this, message, ...rest)
    // The engine has taken it up by then, and nobody has heard of it.
    setTimeout(die, 20)
  }
}
