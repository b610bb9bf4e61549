/**
 * Loaded before a server that is to lose its power: `--import …/synced-copy.ts?copies=…`. What a file holds goes into a
 * copy of it when it is synced, and only then, as onto the plates of a disk. `losePower` puts these copies into the place
 * of what the server wrote.
 *
 * Names are taken to last at once, as a journal of the file system keeps them before what is synced later.
 */
import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { identityOf } from './lose-power.ts'

const copies = new URL(import.meta.url).searchParams.get('copies') ?? ''
const { closeSync, existsSync, fdatasync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } = fs
const STRETCH = Buffer.allocUnsafe(1024 * 1024)

/** What was written of a file since it was synced; of one that is not listed, all may have been. */
const written = new Map<string, [from: number, to: number][]>()

/** The engine writes pages at their places; whoever else writes, writes little, and all of it is copied. */
fs.writeSync = ((...words: Parameters<typeof writeSync>) => {
  const count = writeSync(...words)
  const [file, , , , at] = words as unknown[]
  if (typeof at === 'number') written.get(identityOf(file as number))?.push([at, at + count])
  else if (typeof file === 'number' && file > 2) written.delete(identityOf(file))
  return count
}) as typeof fs.writeSync
fs.fsyncSync = (file) => {
  fsyncSync(file)
  copy(file)
}
fs.fdatasync = Object.assign(
  (file: number, done: fs.NoParamCallback) =>
    fdatasync(file, (failed) => {
      if (!failed) copy(file)
      done(failed)
    }),
  { __promisify__: fdatasync.__promisify__ },
)
const handle = await promises.open(fileURLToPath(import.meta.url).split('?')[0] ?? '')
const kind: typeof handle = Object.getPrototypeOf(handle)
await handle.close()
const { sync } = kind
kind.sync = async function (this: typeof handle) {
  await sync.call(this)
  written.delete(identityOf(this.fd))
  copy(this.fd)
}
syncBuiltinESMExports()

function copy(file: number): void {
  const stat = fstatSync(file)
  if (!stat.isFile()) return
  const identity = identityOf(file)
  const place = join(copies, identity)
  const stretches = (existsSync(place) && written.get(identity)) || [[0, stat.size] as const]
  // The file may have been opened to be written alone.
  const from = openSync(`/proc/self/fd/${file}`, 'r')
  const to = openSync(place, existsSync(place) ? 'r+' : 'w')
  for (const [first, last] of stretches)
    for (let at = first; at < last; ) {
      const read = readSync(from, STRETCH, 0, Math.min(STRETCH.length, last - at), at)
      if (read === 0) break
      writeSync(to, STRETCH, 0, read, at)
      at += read
    }
  ftruncateSync(to, stat.size)
  closeSync(from)
  closeSync(to)
  written.set(identity, [])
}
