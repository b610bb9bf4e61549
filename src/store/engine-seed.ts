/**
 * The empty cluster that a new folder begins with: what the embedded engine's own initdb makes, kept as
 * `engine-seed.tar.zst` beside this file and written by `node tools/make-engine-seed.ts`.
 *
 * Running initdb costs 6 s of processor time and leaves the process 300 MB larger; unpacking costs 0.2 s. The
 * seed names the version of the engine that made it, and with any other version initdb runs as it always did.
 */
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'

const BLOCK = 512
const MADE_BY = '/airworthy-made-by'

/** A folder has a path that ends with a slash. */
export type SeedFile = { readonly path: string; readonly bytes: Uint8Array }

/** The cluster as a tar, or undefined when the engine is not the one that made it. */
export function readSeed(): Buffer | undefined {
  const tar = zstdDecompressSync(readFileSync(new URL('./engine-seed.tar.zst', import.meta.url)))
  const madeBy = filesOf(tar).next().value
  return madeBy?.path === MADE_BY && Buffer.from(madeBy.bytes).toString() === engineVersion() ? tar : undefined
}

/** Writes the files below a folder. The log is nearly all zeros, which take no place on the disk. */
export function unpackSeed(tar: Buffer, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const { path, bytes } of filesOf(tar)) {
    if (path === MADE_BY) continue
    const place = join(folder, path)
    if (path.endsWith('/')) {
      mkdirSync(place, { recursive: true, mode: 0o700 })
      continue
    }
    const isLog = path.startsWith('/pg_wal/')
    writeFileSync(place, isLog ? bytes.subarray(0, lengthWithoutZeros(bytes)) : bytes, { mode: 0o600 })
    if (isLog) truncateSync(place, bytes.length)
  }
}

/** A plain tar, so that anybody can look inside; the first file says which engine made the rest. */
export function packSeed(files: readonly SeedFile[]): Buffer {
  const all = [{ path: MADE_BY, bytes: Buffer.from(engineVersion()) }, ...files]
  const parts = all.flatMap(({ path, bytes }) => [
    headerOf(path, bytes.length),
    bytes,
    Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK),
  ])
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)])
}

const engineVersion = (): string => {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  return (JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as { version: string }).version
}

function* filesOf(tar: Buffer): Generator<SeedFile> {
  for (let at = 0; tar[at] !== 0; ) {
    const path = tar.toString('latin1', at, tar.indexOf(0, at))
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8)
    const start = at + BLOCK
    yield { path, bytes: tar.subarray(start, start + size) }
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
}

function headerOf(path: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(path, 0, 'latin1')
  header.write(path.endsWith('/') ? '0000700\0' : '0000600\0', 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write(`${'0'.repeat(11)}\0`, 136)
  header.write(`        ${path.endsWith('/') ? 5 : 0}`, 148)
  header.write('ustar\0' + '00', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

function lengthWithoutZeros(bytes: Uint8Array): number {
  let length = bytes.length
  while (length > 0 && bytes[length - 1] === 0) length -= 1
  return length
}
