/**
 * Frozen contents: datasets and indexes of releases, and files of blueprints as they once were. They are kept under
 * digests that releases and evidence name, so they are neither edited in silence nor kept with the person in them: what
 * names the person is taken out, the digest goes on being named, and the note of it says that the content is another.
 *
 * Invariant: of datasets and texts a piece is in memory at a time, however long they are; an index is there as a whole.
 */
import { mentions, type Sought, TOMBSTONE } from '../core/data-subject.ts'
import { byteLines } from '../kernel/byte-lines.ts'
import type { Digest } from '../kernel/digest.ts'
import type { Blobs } from '../store/blobs.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { FrozenChange, FrozenContent, PersonalPlace, Rewrite } from '../store/personal-data.ts'

export type ContentsDeps = {
  readonly db: Database
  readonly blobs: Pick<Blobs, 'list' | 'get' | 'range' | 'pieces' | 'erase'>
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
      const change = await rewritten(contentOf(digest), isTheirs)
      if (change) yield { digest, change }
    }
  }

  const contentOf = (digest: Digest): FrozenContent => ({
    head: (bytes) => blobs.range(digest, 0, bytes),
    whole: () => blobs.get(digest),
    pieces: () => blobs.pieces(digest),
  })

  async function rewritten(content: FrozenContent, isTheirs: (value: unknown) => boolean) {
    for (const rewrite of [...rewrites, withoutText]) {
      const change = await rewrite(content, isTheirs)
      if (change) return change
    }
    return undefined
  }

  return {
    name: 'contents',
    async *find(sought) {
      for await (const { change } of changes(sought))
        for await (const content of change.found()) yield { fate: 'replace', application: null, content }
    },
    async remove(sought, count) {
      for await (const { digest, change } of changes(sought)) {
        await blobs.erase(digest, change.pieces())
        onErased(digest)
        await inTransaction(db, (tx) => count(tx, 'replace', change.count))
      }
    },
  }
}

const LOOKED_AT = 8000

/** A text that names the person is replaced as a whole; what is no text is left. */
async function withoutText(
  content: FrozenContent,
  isTheirs: (value: unknown) => boolean,
): Promise<FrozenChange | undefined> {
  if ((await content.head(LOOKED_AT)).includes(0)) return undefined
  async function* found() {
    // With a space for what JSON writes as a backslash and a letter.
    for await (const lines of byteLines(content.pieces()))
      for (const line of lines.map((one) => one.replace(/\\[nrt]/g, ' '))) if (isTheirs(line)) yield line
  }
  let count = 0
  for await (const _ of found()) count += 1
  return count === 0 ? undefined : { count, found, pieces: () => [Buffer.from(TOMBSTONE)] }
}
