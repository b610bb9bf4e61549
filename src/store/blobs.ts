/**
 * Large immutable things by digest (files of a blueprint, index snapshots, recordings), as files in the
 * data folder. A blob is written beside its place, synced, and renamed, so that it is whole or absent.
 *
 * On PostgreSQL it is kept in the database too, because processes with other folders need it; a file is then what the
 * process has at hand, also while the database is away.
 *
 * One thing changes a blob: `erase` takes a person's data out of it. Whoever names its digest goes on naming it, and
 * `erased` says that it holds something else now.
 */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Digest, digestOfBytes } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import { type Database, inTransaction, type Tx } from './database.ts'
import { diskFull, isNoSpace } from './database-error.ts'
import {
  addBlobParts,
  hasBlob,
  listBlobs,
  listErased,
  noteErased,
  readBlobParts,
  removeBlobParts,
} from './jobs-store.ts'
import { type LooseFile, openLooseFile, readRange } from './loose-file.ts'
import { putInPlace, syncFolder, writeSynced } from './whole-file.ts'

type Bytes = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

export type Blobs = {
  /** Keeps the bytes and returns their digest; keeping the same bytes twice changes nothing. */
  put(bytes: Uint8Array): Promise<Digest>
  /** The same of bytes that come in pieces, which are never in memory together. */
  putPieces(pieces: AsyncIterable<Uint8Array>): Promise<Digest>
  get(digest: Digest): Promise<Buffer>
  /** The bytes from one place up to another, without reading the others. */
  range(digest: Digest, from: number, to: number): Promise<Buffer>
  /** All of it from one place on, a piece at a time. */
  pieces(digest: Digest, from?: number): AsyncIterable<Buffer>
  /** Sees to it that it is at hand in the folder. */
  keep(digest: Digest): Promise<void>
  /** An empty file beside the blobs, for bytes that are not kept yet. */
  loose(): Promise<LooseFile>
  /** All that there are. */
  list(): Promise<Digest[]>
  /** Puts other bytes in the place of a blob, for good; they come in pieces, which are never in memory together. */
  erase(digest: Digest, pieces: Bytes): Promise<void>
  /** What each erased blob holds now, by digest; notes of a database that was restored count too. */
  erased(): Promise<ReadonlyMap<Digest, Digest>>
  /** Writes what a back-up holds in the place of an erased blob; the note of it is among its rows. */
  restoreErased(digest: Digest, bytes: Uint8Array): Promise<void>
  /** Throws away what this folder still holds of blobs that another process erased. */
  forgetErased(): Promise<Digest[]>
}

const PART_BYTES = 1024 * 1024
/** Small enough that a text of it is collected with the young ones. */
const PIECE_BYTES = 64 * 1024

/**
 * @param db where notes of what was erased are
 * @param isShared whether other processes with folders of their own read the same database, so that blobs are in it too
 */
export function openBlobs(folder: string, { db, isShared }: { db?: Database; isShared?: boolean } = {}): Blobs {
  const shared = isShared ? db : undefined
  let written = 0
  const place = (digest: Digest) => {
    const name = digest.slice('sha256:'.length)
    return join(folder, name.slice(0, 2), name)
  }

  const write = (digest: Digest, bytes: Uint8Array) =>
    draft(async (path) => {
      await writeSynced(path, [bytes])
      return digest
    })

  /** Fills a file beside the place of what it turns out to hold, and puts it there. */
  async function draft(fill: (path: string) => Promise<Digest>): Promise<Digest> {
    const path = join(folder, `${process.pid}.${++written}.draft`)
    try {
      await mkdir(folder, { recursive: true })
      const digest = await fill(path)
      const made = await mkdir(dirname(place(digest)), { recursive: true })
      await putInPlace(path, place(digest))
      if (made) await syncFolder(folder)
      return digest
    } catch (thrown) {
      await rm(path, { force: true })
      throw isNoSpace(thrown) ? diskFull(folder) : thrown
    }
  }

  const keep = async (digest: Digest): Promise<void> => {
    if ((await sizeOf(place(digest))) === undefined) await get(digest)
  }

  /** From the database into the folder; undefined when it is not there either. */
  async function fetchShared(from: Database, digest: Digest): Promise<Buffer | undefined> {
    const bytes = Buffer.concat(await readBlobParts(from, digest))
    const found = digestOfBytes(bytes)
    if (found !== digest && (await listErased(from)).get(digest) !== found) return undefined
    if ((await sizeOf(place(digest))) === undefined) await write(digest, bytes)
    return bytes
  }

  const get = async (digest: Digest): Promise<Buffer> => {
    try {
      return await readFile(place(digest))
    } catch (cause) {
      const bytes = shared && (await fetchShared(shared, digest))
      if (bytes) return bytes
      throw new Failure('unknown', 'store.blob-unknown', `There is no content ${digest} in the data folder.`, {
        cause,
      })
    }
  }

  const share = (to: Database, digest: Digest, bytes: Uint8Array) =>
    inTransaction(to, async (tx) => {
      await removeBlobParts(tx, digest)
      await addBlobParts(tx, partsOf(digest, bytes))
    })

  const shareFile = (to: Database, digest: Digest) => inTransaction(to, (tx) => replaceParts(tx, digest, place(digest)))

  return {
    get,
    async list() {
      if (shared) return listBlobs(shared)
      const files = await readdir(folder, { recursive: true }).catch(() => [])
      return files.flatMap((path) => Digest.safeParse(`sha256:${basename(path)}`).data ?? [])
    },
    keep,
    loose: () => openLooseFile(folder),
    async range(digest, from, to) {
      await keep(digest)
      const file = await open(place(digest), 'r')
      try {
        return await readRange(file, from, to)
      } finally {
        await file.close()
      }
    },
    async *pieces(digest, from = 0) {
      await keep(digest)
      yield* createReadStream(place(digest), { start: from, highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>
    },
    async putPieces(pieces) {
      const digest = await draft(async (path) => {
        const hash = createHash('sha256')
        await writeSynced(path, hashed(pieces, hash))
        return `sha256:${hash.digest('hex')}` as Digest
      })
      const size = (await sizeOf(place(digest))) ?? 0
      if (shared && !(await hasBlob(shared, digest, size))) await shareFile(shared, digest)
      return digest
    },
    async put(bytes) {
      const digest = digestOfBytes(bytes)
      // Another size is what stands for an erased one: whoever brings the content again has it again.
      if ((await sizeOf(place(digest))) !== bytes.length) await write(digest, bytes)
      if (shared && !(await hasBlob(shared, digest, bytes.length))) await share(shared, digest, bytes)
      return digest
    },
    async erase(digest, pieces) {
      if (!db) throw new Error('Blobs without a database cannot note what was erased.')
      await draft(async (path) => {
        const hash = createHash('sha256')
        await writeSynced(path, hashed(pieces, hash))
        const content = `sha256:${hash.digest('hex')}` as Digest
        await inTransaction(db, async (tx) => {
          await noteErased(tx, { digest, content })
          if (shared) await replaceParts(tx, digest, path)
        })
        return digest
      })
    },
    erased: async () => (db ? listErased(db) : new Map()),
    async restoreErased(digest, bytes) {
      await write(digest, bytes)
      if (shared) await share(shared, digest, bytes)
    },
    async forgetErased() {
      const gone: Digest[] = []
      for (const [digest, content] of shared ? await listErased(shared) : []) {
        const bytes = await readFile(place(digest)).catch(() => undefined)
        if (bytes === undefined || digestOfBytes(bytes) === content) continue
        // Not when somebody brought the content again.
        if (await hasBlob(shared as Database, digest, bytes.length)) continue
        await rm(place(digest), { force: true })
        gone.push(digest)
      }
      return gone
    },
  }
}

/** A part at a time. */
async function replaceParts(tx: Tx, digest: Digest, path: string): Promise<void> {
  await removeBlobParts(tx, digest)
  let part = 0
  for await (const bytes of createReadStream(path, { highWaterMark: PART_BYTES }) as AsyncIterable<Buffer>)
    await addBlobParts(tx, [{ digest, part: part++, bytes: Buffer.from(bytes) }])
  if (part === 0) await addBlobParts(tx, partsOf(digest, new Uint8Array()))
}

/** At least one part, so that nothing at all is a blob too. */
function partsOf(digest: Digest, bytes: Uint8Array): { digest: Digest; part: number; bytes: Buffer<ArrayBuffer> }[] {
  const count = Math.max(1, Math.ceil(bytes.length / PART_BYTES))
  return Array.from({ length: count }, (_, part) => ({
    digest,
    part,
    bytes: Buffer.from(bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)),
  }))
}

async function* hashed(pieces: Bytes, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
}

const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  )
