/**
 * Large immutable things by digest (files of a blueprint, index snapshots, recordings), as files in the
 * data folder. A blob is written beside its place, synced, and renamed, so that it is whole or absent.
 */
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Digest, digestOfBytes } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'

export type Blobs = {
  /** Keeps the bytes and returns their digest; keeping the same bytes twice changes nothing. */
  put(bytes: Uint8Array): Promise<Digest>
  get(digest: Digest): Promise<Buffer>
  /** The path of the file, for what maps it into memory. */
  path(digest: Digest): string
}

export function openBlobs(folder: string): Blobs {
  let written = 0
  const path = (digest: Digest) => {
    const name = digest.slice('sha256:'.length)
    return join(folder, name.slice(0, 2), name)
  }
  return {
    path,
    async put(bytes) {
      const digest = digestOfBytes(bytes)
      const place = path(digest)
      if (await exists(place)) return digest
      await mkdir(dirname(place), { recursive: true })
      const draft = `${place}.${process.pid}.${++written}.draft`
      const file = await open(draft, 'w', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, place)
      return digest
    },
    async get(digest) {
      try {
        return await readFile(path(digest))
      } catch (cause) {
        throw new Failure('unknown', 'store.blob-unknown', `There is no content ${digest} in the data folder.`, {
          cause,
        })
      }
    },
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
