/**
 * Frozen contents: datasets and indexes of releases, and files of blueprints as they once were. They are kept under
 * digests that releases and evidence name, so they are neither edited in silence nor kept with the person in them: what
 * names the person is taken out, the digest goes on being named, and the note of it says that the content is another.
 */
import { mentions, type Sought, TOMBSTONE } from '../core/data-subject.ts'
import type { Digest } from '../kernel/digest.ts'
import type { Blobs } from '../store/blobs.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { PersonalPlace } from '../store/personal-data.ts'

export type IsTheirs = (value: unknown) => boolean
/** Takes a person out of contents of one kind; undefined for other kinds, and when the person is not in it. */
export type Rewrite = (bytes: Buffer, isTheirs: IsTheirs) => Promise<{ bytes: Buffer; found: unknown[] } | undefined>

export type ContentsDeps = {
  readonly db: Database
  readonly blobs: Pick<Blobs, 'list' | 'get' | 'erase'>
  readonly rewrites: readonly Rewrite[]
  /** Files of blueprints as they are now: editing those is another place. */
  readonly filesInUse: () => Promise<ReadonlySet<Digest>>
  /** Told of a content that was changed, so that nobody goes on with what is in memory. */
  readonly onErased: (digest: Digest) => void
}

export function contentsPlace({ db, blobs, rewrites, filesInUse, onErased }: ContentsDeps): PersonalPlace {
  async function* changes(sought: Sought) {
    const isTheirs = (value: unknown) => mentions(sought, value)
    const inUse = await filesInUse()
    for (const digest of await blobs.list()) {
      if (inUse.has(digest)) continue
      const change = await rewritten(await blobs.get(digest), isTheirs)
      if (change) yield { digest, ...change }
    }
  }

  async function rewritten(bytes: Buffer, isTheirs: IsTheirs) {
    for (const rewrite of rewrites) {
      const change = await rewrite(bytes, isTheirs)
      if (change) return change
    }
    const lines = linesOf(bytes).filter(isTheirs)
    return lines.length === 0 ? undefined : { bytes: Buffer.from(TOMBSTONE), found: lines }
  }

  return {
    name: 'contents',
    async *find(sought) {
      for await (const { found } of changes(sought))
        for (const content of found) yield { fate: 'replace', application: null, content }
    },
    async remove(sought, count) {
      for await (const { digest, bytes, found } of changes(sought)) {
        await blobs.erase(digest, bytes)
        onErased(digest)
        await inTransaction(db, (tx) => count(tx, 'replace', found.length))
      }
    },
  }
}

const LOOKED_AT = 8000

/** Of text, with a space for what JSON writes as a backslash and a letter; none of what is no text. */
function linesOf(bytes: Buffer): string[] {
  if (bytes.subarray(0, LOOKED_AT).includes(0)) return []
  return bytes
    .toString('utf8')
    .replace(/\\[nrt]/g, ' ')
    .split('\n')
}
