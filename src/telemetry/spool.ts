/**
 * The spool: append-only files of JSON lines in one folder, the queue between requests and the database. A large
 * request stands before its event as it came: a line `#<call> <bytes>`, so many bytes, and a line end.
 *
 * Invariant: what `append` has returned for outlives the process, and the machine once it is synced, a moment later;
 * it stays until its file is removed. A line that a crash cut off has no line end and is not read. After a failed
 * write the file is closed, so a torn line can only be the last of its file.
 *
 * Lines are written in the caller's thread, because handing them to another cost more than writing them: measured
 * here, 9 microseconds of processor time for a line by itself, against 180 for a write that a thread of the pool does.
 * Lines that come together are one write. Syncing
 * waits for the disk, so the pool does it, a moment later and for many lines at once.
 */
import { closeSync, fdatasync, openSync, writeSync, writevSync } from 'node:fs'
import { mkdir, readdir, rename, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { ContentSeal } from '../kernel/content-seal.ts'
import { type Clock, epochMs } from '../kernel/time.ts'
import { syncFolder, writeWhole } from '../store/whole-file.ts'
import type { Asked, SpoolRecord } from './asked.ts'
import { isMissing, LINE_END, recordsAt, sealedPieces } from './spool-records.ts'

const REJECTED = 'rejected'

/** A file that nothing is written to any more. */
export type SpoolFile = {
  readonly path: string
  /** How many lines it has; unknown for what an earlier process left. */
  readonly lines: number | undefined
}

export type Spool = {
  /** Writes records (lines without line ends) before it returns. Throws what the disk says. */
  append(records: readonly SpoolRecord[]): void
  /** Lines in the file that is being written. */
  linesOpen(): number
  /** Its bytes, of large requests alone. */
  bytesOpen(): number
  /** Closes the file that is being written, so that it can be read. */
  rotate(): Promise<void>
  /** Closed files, oldest first; at the start, those that an earlier process left. */
  closed(): readonly SpoolFile[]
  read(file: SpoolFile): Promise<SpoolRecord[]>
  remove(file: SpoolFile): Promise<void>
  /** Keeps lines that nobody can read, so that a person may. */
  reject(lines: readonly string[]): Promise<void>
  /** The same for a file that cannot be opened. */
  setAside(file: SpoolFile): Promise<void>
}

/** Opens the folder; files in it are closed ones of an earlier process. */
export async function openSpool({
  folder,
  clock,
  syncMs,
  seal,
}: {
  folder: string
  clock: Clock
  /** Longest time from a write to its sync. */
  syncMs: number
  seal?: ContentSeal | undefined
}): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort()
  let closed: SpoolFile[] = names.map((name) => ({ path: join(folder, name), lines: undefined }))
  let current: OpenFile | undefined
  let closing: Promise<void> = Promise.resolve()
  let sequence = 0
  let syncTimer: NodeJS.Timeout | undefined
  let syncFailed: Error | undefined

  function create() {
    for (;;) {
      const name = `${String(epochMs(clock())).padStart(14, '0')}-${String(++sequence).padStart(6, '0')}.jsonl`
      const path = join(folder, name)
      try {
        return { file: openSync(path, 'ax', 0o600), path, lines: 0, bytes: 0, isNew: true, synced: Promise.resolve() }
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
      }
    }
  }

  function syncSoon(): void {
    syncTimer ??= setTimeout(() => {
      syncTimer = undefined
      const one = current
      if (!one) return
      sync(one).catch((thrown) => {
        // Told by the next write; a file that was closed meanwhile was synced then.
        if (current === one) syncFailed = thrown
      })
    }, syncMs)
  }

  /** One after the other, so that no file is closed while it is being synced. */
  function sync(one: OpenFile): Promise<void> {
    one.synced = one.synced
      .catch(() => {})
      .then(async () => {
        await dataSync(one.file)
        if (one.isNew) await syncFolder(folder)
        one.isNew = false
      })
    return one.synced
  }

  /** Nothing is written to the file any more from here on; files are closed in their order. */
  function rotate(): Promise<void> {
    const done = current
    if (!done) return closing
    current = undefined
    clearTimeout(syncTimer)
    syncTimer = undefined
    syncFailed = undefined
    closing = closing.catch(() => {}).then(() => close(done))
    return closing
  }

  async function close(done: OpenFile): Promise<void> {
    try {
      await sync(done)
    } finally {
      closeSync(done.file)
      closed.push({ path: done.path, lines: done.lines })
    }
  }

  return {
    append(records) {
      try {
        if (syncFailed) throw syncFailed
        current ??= create()
        current.bytes += seal?.isOn ? writeSealed(current, records, seal) : writeRecords(current.file, records)
        current.lines += records.length
        syncSoon()
      } catch (thrown) {
        rotate().catch(() => {})
        throw thrown
      }
    },
    linesOpen: () => current?.lines ?? 0,
    bytesOpen: () => current?.bytes ?? 0,
    rotate,
    closed: () => closed,
    read: ({ path }) => recordsAt(path, seal),
    async remove(file) {
      await unlink(file.path).catch((thrown) => {
        if (!isMissing(thrown)) throw thrown
      })
      closed = closed.filter((one) => one !== file)
    },
    async reject(lines) {
      const place = join(folder, REJECTED)
      await mkdir(place, { recursive: true, mode: 0o700 })
      const name = `${epochMs(clock())}-${++sequence}.jsonl`
      const text = `${lines.join('\n')}\n`
      await writeWhole(join(place, name), seal?.isOn ? sealedPieces(name, [Buffer.from(text)], seal) : [text])
    },
    async setAside(file) {
      const place = join(folder, REJECTED)
      await mkdir(place, { recursive: true, mode: 0o700 })
      await rename(file.path, join(place, basename(file.path)))
      closed = closed.filter((one) => one !== file)
    },
  }
}

type OpenFile = {
  readonly file: number
  readonly path: string
  lines: number
  bytes: number
  isNew: boolean
  synced: Promise<void>
}

const dataSync = promisify(fdatasync)

/**
 * Records that fit are put into the same bytes each time, so that a write makes nothing that is thrown away, and as many
 * as fit go in one. Returns how many bytes of large requests were among them.
 */
function writeRecords(file: number, records: readonly SpoolRecord[]): number {
  let size = 0
  let asked = 0
  for (const record of records) {
    const most = mostBytesOf(record)
    if (size > 0 && size + most > DRAFT.length) {
      writeAll(file, DRAFT.subarray(0, size))
      size = 0
    }
    if (most > DRAFT.length) writePieces(file, piecesOf(record))
    else size = put(record, size)
    asked += record.asked?.body.byteLength ?? 0
  }
  if (size > 0) writeAll(file, DRAFT.subarray(0, size))
  return asked
}

/** All at once. Returns the same. */
function writeSealed({ file, path }: OpenFile, records: readonly SpoolRecord[], seal: ContentSeal): number {
  writePieces(file, sealedPieces(path, records.flatMap(piecesOf), seal))
  return records.reduce((sum, { asked }) => sum + (asked?.body.byteLength ?? 0), 0)
}

const DRAFT = Buffer.allocUnsafe(64 * 1024)
/** Of the line that says what a large request is. */
const MOST_HEAD = 64

const headOf = ({ call, body }: Asked): string => `#${call} ${body.byteLength}\n`

/** A character takes three bytes at most. */
const mostBytesOf = ({ line, asked }: SpoolRecord): number =>
  line.length * 3 + 2 + (asked ? MOST_HEAD + asked.body.byteLength : 0)

/** Returns where the next one begins. */
function put({ line, asked }: SpoolRecord, from: number): number {
  let at = from
  if (asked) {
    at += DRAFT.write(headOf(asked), at, 'latin1')
    DRAFT.set(asked.body, at)
    at += asked.body.byteLength
    DRAFT[at++] = LINE_END
  }
  at += DRAFT.write(line, at)
  DRAFT[at++] = LINE_END
  return at
}

const piecesOf = ({ line, asked }: SpoolRecord): Uint8Array[] =>
  asked ? [Buffer.from(headOf(asked)), asked.body, Buffer.from(`\n${line}\n`)] : [Buffer.from(`${line}\n`)]

/** Without a copy of what is large, unless the system wrote less than it was given. */
function writePieces(file: number, pieces: readonly Uint8Array[]): void {
  const written = writevSync(file, pieces)
  const all = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
  if (written < all) writeAll(file, Buffer.concat(pieces).subarray(written))
}

/** The system may write less than it was given. */
function writeAll(file: number, bytes: Buffer): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from)
}
