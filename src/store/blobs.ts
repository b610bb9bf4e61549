/**
 * Large immutable things by digest (files of a blueprint, index snapshots, recordings), as files in the
 * data folder. A blob is written beside its place, synced, and renamed, so that it is whole or absent.
 *
 * On PostgreSQL it is kept in the database too, because processes with other folders need it; a file is then what the
 * process has at hand, also while the database is away.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Digest, digestOfBytes } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import type { Database } from './database.ts'
import { diskFull, isNoSpace } from './database-error.ts'
import { addBlobParts, hasBlob, listBlobs, readBlobParts } from './jobs-store.ts'

export type Blobs = {
  /** Keeps the bytes and returns their digest; keeping the same bytes twice changes nothing. */
  put(bytes: Uint8Array): Promise<Digest>
  get(digest: Digest): Promise<Buffer>
  /** Sees to it that it is at hand in the folder. */
  keep(digest: Digest): Promise<void>
  /** All that there are. */
  list(): Promise<Digest[]>
}

const PART_BYTES = 1024 * 1024

/** @param shared the database that other processes read too */
export function openBlobs(folder: string, shared?: Database): Blobs {
  let written = 0
  const place = (digest: Digest) => {
    const name = digest.slice('sha256:'.length)
    return join(folder, name.slice(0, 2), name)
  }

  async function write(digest: Digest, bytes: Uint8Array): Promise<void> {
    const path = place(digest)
    if (await exists(path)) return
    const draft = `${path}.${process.pid}.${++written}.draft`
    try {
      await mkdir(dirname(path), { recursive: true })
      await writeWhole(draft, bytes)
      await rename(draft, path)
    } catch (thrown) {
      await rm(draft, { force: true })
      throw isNoSpace(thrown) ? diskFull(folder) : thrown
    }
  }

  /** From the database into the folder; undefined when it is not there either. */
  async function fetchShared(db: Database, digest: Digest): Promise<Buffer | undefined> {
    const bytes = Buffer.concat(await readBlobParts(db, digest))
    if (digestOfBytes(bytes) !== digest) return undefined
    await write(digest, bytes)
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

  return {
    get,
    async list() {
      if (shared) return listBlobs(shared)
      const files = await readdir(folder, { recursive: true }).catch(() => [])
      return files.flatMap((path) => Digest.safeParse(`sha256:${basename(path)}`).data ?? [])
    },
    async keep(digest) {
      if (!(await exists(place(digest)))) await get(digest)
    },
    async put(bytes) {
      const digest = digestOfBytes(bytes)
      await write(digest, bytes)
      if (shared && !(await hasBlob(shared, digest))) await addBlobParts(shared, partsOf(digest, bytes))
      return digest
    },
  }
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

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
