/**
 * Loaded before a server whose disk is to be slow: `--import …/slow-disk.ts?folder=…&ms=150`. Every write below the
 * folder, and every sync, waits so long first, as on a disk that is busy: the spool in the thread that answers, contents
 * in the pool, and the embedded database in its own thread. A file `fast` in the folder makes it fast again.
 */
import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const asked = new URL(import.meta.url).searchParams
const [folder, ms] = [asked.get('folder') ?? '', Number(asked.get('ms') ?? 0)]
const cell = new Int32Array(new SharedArrayBuffer(4))
const { writeSync, fsyncSync, fdatasync, existsSync } = fs
const fast = join(folder, 'fast')
const dragged = () => (existsSync(fast) ? 0 : ms)
/** As a blocking call does. */
const drag = () => void Atomics.wait(cell, 0, 0, dragged())
const dragLater = () => new Promise((passed) => setTimeout(passed, dragged()))

fs.writeSync = ((...words: Parameters<typeof writeSync>) => {
  // Standard output is no disk.
  if (Number(words[0]) > 2) drag()
  return writeSync(...words)
}) as typeof fs.writeSync
fs.fsyncSync = (file) => {
  drag()
  fsyncSync(file)
}
fs.fdatasync = Object.assign(
  (file: number, done: fs.NoParamCallback) => void dragLater().then(() => fdatasync(file, done)),
  { __promisify__: fdatasync.__promisify__ },
)
const handle = await promises.open(fileURLToPath(import.meta.url).split('?')[0] ?? '')
const kind: typeof handle = Object.getPrototypeOf(handle)
await handle.close()
const { writeFile, sync } = kind
kind.writeFile = async function (this: typeof handle, ...words: Parameters<typeof writeFile>) {
  await dragLater()
  return writeFile.apply(this, words)
}
kind.sync = async function (this: typeof handle) {
  await dragLater()
  return sync.call(this)
}
syncBuiltinESMExports()
