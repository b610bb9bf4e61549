/**
 * Reads a back-up into a new installation, on either engine. The tables are made as they were when it was written; the
 * next start migrates them like any older folder. A file that is not whole changes nothing that is then used: rows are
 * added in one transaction, which its last line closes.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { Failure, messageOf } from '../kernel/failure.ts'
import type { Secret } from '../kernel/secret.ts'
import type { Clock } from '../kernel/time.ts'
import type { Blobs } from '../store/blobs.ts'
import { type Database, inTransaction } from '../store/database.ts'
import { migrate, type SliceMigrations } from '../store/migrate.ts'
import { addRows, hasRows, setCounters } from '../store/rows.ts'
import { writeWhole } from '../store/whole-file.ts'
import { Head, Line } from './format.ts'
import { masterKeyCheck } from './write.ts'

export type Restored = { readonly head: Head; readonly rows: number; readonly blobs: number }
export type RestoreDeps = {
  readonly file: string
  readonly db: Database
  readonly blobs: Blobs
  readonly spoolFolder: string
  readonly masterKey: Secret
  readonly migrations: readonly SliceMigrations[]
  readonly clock: Clock
}

/** Throws one sentence for a file that is broken, of a newer program, or under another master key. */
export async function restoreBackup(deps: RestoreDeps): Promise<Restored> {
  const { file, db } = deps
  const head = await demandRestorable(deps)
  await migrate(db, asOf(deps.migrations, head), deps.clock)
  if (await hasRows(db))
    throw refuse(
      'not-empty',
      'A back-up goes into a new database. Choose an empty folder with AIRWORTHY_DATA, or an empty database.',
    )
  let rows = 0
  let blobs = 0
  await inTransaction(db, async (tx) => {
    for await (const line of linesOf(file)) {
      if (line.kind === 'rows') {
        await addRows(tx, line.table, line.rows)
        rows += line.rows.length
      } else if (line.kind === 'blob') {
        await keepBlob(deps, line)
        blobs += 1
      } else if (line.kind === 'spool') await keepSpool(deps, line)
    }
  })
  await setCounters(db)
  return { head, rows, blobs }
}

/** Looks at the head alone, before anything is made. */
export async function demandRestorable({ file, masterKey }: Pick<RestoreDeps, 'file' | 'masterKey'>): Promise<Head> {
  const head = await readHead(file)
  if (head.masterKeyCheck === masterKeyCheck(masterKey)) return head
  throw refuse(
    'other-master-key',
    `${file} was written under another master key, without which its keys, its credentials and what was said in sealed traces cannot be opened. Put the file master.key of that installation into this folder, or set AIRWORTHY_MASTER_KEY to it.`,
  )
}

async function readHead(file: string): Promise<Head> {
  for await (const line of linesOf(file)) {
    const head = Head.safeParse(line)
    if (head.success) return head.data
    break
  }
  throw broken(file, 'it does not begin with a head')
}

/** The steps that had been taken, in the order of this program. */
function asOf(slices: readonly SliceMigrations[], head: Head): SliceMigrations[] {
  const taken = new Set(head.migrations)
  const known = slices.map(({ slice, steps }) => ({
    slice,
    steps: steps.filter(({ name }) => taken.delete(`${slice}/${name}`)),
  }))
  const [strange] = taken
  if (strange !== undefined)
    throw refuse(
      'newer',
      `This back-up was written by a newer Airworthy (it has ${strange}). Restore it with that version (${head.version}).`,
    )
  return known
}

async function* linesOf(file: string): AsyncGenerator<Line> {
  const hash = createHash('sha256')
  let lines = 0
  let isWhole = false
  const input = createReadStream(file)
  const unzipped = input.pipe(createGunzip())
  input.on('error', (thrown) => unzipped.destroy(thrown))
  try {
    for await (const text of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) {
      const line = Line.parse(JSON.parse(text))
      if (line.kind === 'end') {
        isWhole = line.lines === lines && line.digest === hash.digest('hex')
        break
      }
      hash.update(`${text}\n`)
      lines += 1
      yield line
    }
  } catch (thrown) {
    if (
      thrown instanceof Failure ||
      ((thrown as { code?: unknown }).code === undefined && !(thrown instanceof SyntaxError))
    )
      throw thrown
    throw broken(file, messageOf(thrown))
  } finally {
    input.destroy()
    unzipped.destroy()
  }
  if (!isWhole) throw broken(file, 'it was cut off or changed')
}

async function keepBlob(
  { blobs, file }: RestoreDeps,
  { digest, bytes, erased }: Extract<Line, { kind: 'blob' }>,
): Promise<void> {
  if (erased) await blobs.restoreErased(digest, Buffer.from(bytes, 'base64'))
  else if ((await blobs.put(Buffer.from(bytes, 'base64'))) !== digest)
    throw broken(file, `the content ${digest} is another one`)
}

async function keepSpool(
  { spoolFolder }: RestoreDeps,
  { name, bytes }: { name: string; bytes: string },
): Promise<void> {
  await mkdir(spoolFolder, { recursive: true, mode: 0o700 })
  await writeWhole(join(spoolFolder, name), [Buffer.from(bytes, 'base64')])
}

const refuse = (what: string, sentence: string) => new Failure('conflict', `backup.${what}`, sentence)

const broken = (file: string, why: string) =>
  new Failure('invalid', 'backup.broken', `${file} is no whole back-up: ${why}. Nothing was restored; use another one.`)
