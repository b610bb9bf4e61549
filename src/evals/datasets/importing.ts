/**
 * Files into datasets: good rows enter as a new version, bad ones wait in quarantine.
 *
 * Invariants: a file is on disk as a whole before its first row is believed, and nobody sees anything of it before the
 * version is there; one that is cut short, or broken in its last row, leaves nothing. Rows wait on disk too: what is held
 * of a row are some sixty bytes, by which its id and its question are known again.
 */
import { createHash } from 'node:crypto'
import type { Example, Split } from '../../core/dataset.ts'
import type { Digest } from '../../kernel/digest.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import type { LooseFile } from '../../store/loose-file.ts'
import { admit, type Refused } from './admit.ts'
import type { Reader } from './allowed.ts'
import { type createChanging, ROWS_AT_ONCE } from './changing.ts'
import type { Dataset, Lineage, QuarantinedRow, VersionSummary } from './dataset.ts'
import type { DatasetsDeps } from './deps.ts'
import { createFileProfiler, type FileProfiler } from './file-profile.ts'
import { type Format, type ReadFile, readFile } from './import/read-file.ts'
import type { Columns, ReadRow } from './import/read-row.ts'
import { createKnownTexts } from './known-texts.ts'
import { createRowSpool } from './row-spool.ts'
import { type Held, heldBy } from './standing.ts'
import { addImportedFile, changeDataset } from './store.ts'
import type { DatasetDoor } from './version-of.ts'
import { breath } from './version-rows.ts'
import { markOf } from './version-writer.ts'

export type ImportAsk = {
  readonly name: string
  readonly caller: Reader
  /** The bytes as they come. */
  readonly content: AsyncIterable<Uint8Array>
  readonly file: string
  readonly format?: Format | undefined
  readonly encoding?: string | undefined
  /** Of a workbook. */
  readonly sheet?: string | undefined
  readonly columns: Columns
  /** append: an id that is there is refused · merge: it is replaced · replace: the file is the whole version. */
  readonly mode: 'append' | 'merge' | 'replace'
  readonly split?: Split | undefined
  readonly synthetic: boolean
  readonly steps: Lineage['steps']
  readonly reason: string
  /** Where the file stands in git. */
  readonly git?: string | undefined
  /** The MD5 that DVC has for it. */
  readonly dvc?: string | undefined
}

export type Imported = {
  /** Null when nothing that is new entered. */
  readonly version: VersionSummary | null
  readonly read: number
  readonly entered: number
  readonly unchanged: number
  readonly quarantined: number
  /** The first of what is in quarantine now. */
  readonly problems: Problem[]
  readonly notes: string[]
  readonly format: Format
  readonly encoding: string | null
}

const SHOWN_PROBLEMS = 100
/** More of a file than this is no file with bad rows, but one that was read wrongly: a column, a format. */
const MOST_REFUSED = 100_000

type ImportDeps = DatasetsDeps & {
  readonly door: DatasetDoor
  readonly changing: Pick<ReturnType<typeof createChanging>, 'write'>
}

export const createImporting =
  (deps: ImportDeps) =>
  async (ask: ImportAsk): Promise<Imported> => {
    const files: LooseFile[] = []
    const loose = async () => {
      const file = await deps.blobs.loose()
      files.push(file)
      return file
    }
    try {
      return await importFile(deps, ask, loose)
    } finally {
      for (const file of files) await file.close()
    }
  }

async function importFile(deps: ImportDeps, ask: ImportAsk, loose: () => Promise<LooseFile>): Promise<Imported> {
  const { examplesOf, door } = deps
  const { caller, file, mode, reason } = ask
  const { dataset, access } = await door.findToRead(ask.name, caller)
  const content = await loose()
  const { digest, md5, bytes } = await takeIn(ask.content, content)
  demandDvc(ask, md5)
  const held = await heldBy(await door.version(dataset), examplesOf)
  const source = await readFile(content, ask)
  const { format, encoding } = source
  const profiler = createFileProfiler({ isTable: format === 'csv' || format === 'xlsx' })
  const rows = await sortOut(deps, ask, { dataset, held, source, profiler, loose })
  if (source.croissant) await describe(deps, dataset, source.croissant)
  const verified = verifiedBy(dataset, digest, file)
  if (verified) source.notes.push(verified)
  const version = await deps.changing.write({
    dataset,
    put: rows.put,
    // Who cannot see the holdout cannot throw it away either.
    ...(mode === 'replace' && { stays: (row: Example) => row.split === 'holdout' && !access.holdout }),
    marks: held.marks,
    quarantined: rows.quarantined,
    reason,
    lineage: lineageOf(ask, { digest, format: source.format, producer: source.producer }),
    by: caller.actor,
    also: (tx, number) =>
      addImportedFile(tx, {
        ...{ id: deps.newId('imf'), dataset: dataset.id, organisation: deps.organisation, file, version: number },
        profile: profiler.end({ format, encoding, bytes, digest }),
        ...{ at: deps.clock(), by: caller.actor },
      }),
  })
  return {
    version: version ?? null,
    read: rows.read,
    entered: version ? rows.entered() : 0,
    unchanged: rows.unchanged,
    quarantined: rows.quarantined.count,
    problems: rows.problems,
    notes: source.notes,
    format,
    encoding,
  }
}

/** The whole of it, or nothing: the digests of what came. */
async function takeIn(
  pieces: AsyncIterable<Uint8Array>,
  into: LooseFile,
): Promise<{ digest: Digest; md5: string; bytes: number }> {
  const [sha256, md5] = [createHash('sha256'), createHash('md5')]
  let bytes = 0
  for await (const piece of pieces) {
    sha256.update(piece)
    md5.update(piece)
    bytes += piece.byteLength
    await into.append(piece)
  }
  return { digest: `sha256:${sha256.digest('hex')}` as Digest, md5: md5.digest('hex'), bytes }
}

/** Reads every row and puts it where it goes: in the place of another one, behind all, into quarantine, or nowhere. */
async function sortOut(
  { clock, newId, organisation, personalDataIn }: ImportDeps,
  { file, mode, split, synthetic }: ImportAsk,
  {
    dataset,
    held,
    source,
    profiler,
    loose,
  }: { dataset: Dataset; held: Held; source: ReadFile; profiler: FileProfiler; loose: () => Promise<LooseFile> },
) {
  const replacing = createRowSpool<Example>(await loose(), { hasPlaces: true })
  const places = createKnownTexts(1)
  const fresh = createRowSpool<Example>(await loose())
  const quarantined = createRowSpool<QuarantinedRow>(await loose())
  const lines = createKnownTexts(1)
  const taken = {
    has: lines.has,
    get: (id: string) => lines.get(id)?.[0],
    set: (id: string, line: number) => lines.set(id, [line]),
  }
  const rules = {
    split,
    source: (line: number) => `${file}:${line}`,
    synthetic,
    personalDataIn,
    standing: held.standing,
  }
  const problems: Problem[] = []
  let [read, unchanged] = [0, 0]

  async function refuse(given: ReadRow, row: Refused): Promise<void> {
    profiler.add(given, { refused: row })
    const { line, field, message, remedy } = row
    if (problems.length < SHOWN_PROBLEMS) problems.push({ file, line, field, message, remedy })
    if (quarantined.count >= MOST_REFUSED) throw tooManyRefused(file, { read, problems })
    const waits = { decision: null, decidedBy: null, reason: null, at: clock() }
    await quarantined.add({ id: newId('qua'), dataset: dataset.id, organisation, file, ...row, ...waits })
  }

  for await (const given of source.rows) {
    read += 1
    if (read % ROWS_AT_ONCE === 0) await breath()
    const admission = admit(given, taken, rules)
    if (admission.kind === 'refused') {
      await refuse(given, admission.refused)
      continue
    }
    const { row } = admission
    const before = held.marks.get(row.id)
    const isSame = before === markOf(row)
    if (isSame) unchanged += 1
    else if (before !== undefined && mode === 'append') {
      await refuse(given, idTaken(row, given.line, given.text))
      continue
    }
    profiler.add(given, { entered: row })
    held.remember(row)
    if (before === undefined) await fresh.add(row)
    else if (!isSame || mode === 'replace') places.set(row.id, [await replacing.add(row)])
  }
  return {
    read,
    unchanged,
    problems,
    quarantined,
    entered: () => fresh.count + replacing.count,
    put: {
      replacing: (ids: readonly string[]) => replacing.at(ids.map((id) => places.get(id)?.[0])),
      fresh: () => fresh.all(),
    },
  }
}

async function describe(
  { db }: Pick<ImportDeps, 'db'>,
  dataset: Dataset,
  { card, description }: NonNullable<ReadFile['croissant']>,
): Promise<void> {
  await inTransaction(db, (tx) =>
    changeDataset(tx, dataset.id, { card, ...(dataset.description === '' && { description }) }),
  )
}

const tooManyRefused = (file: string, { read, problems }: { read: number; problems: Problem[] }) =>
  new Failure(
    'invalid',
    'datasets.too-many-refused',
    `More than ${MOST_REFUSED} of the first ${read} rows of ${file} cannot be taken, so that nothing of it was. The first: line ${problems[0]?.line}, ${problems[0]?.field}: ${problems[0]?.message}. ${problems[0]?.remedy}`,
    { problems },
  )

const idTaken = (row: Example, line: number, text: string): Refused => ({
  kind: 'broken',
  line,
  field: 'id',
  message: `the id ${row.id} is in the dataset already and says something else there`,
  remedy: 'Give it another id, or import with mode=merge to replace what is there.',
  text: text.toWellFormed().replaceAll('\0', '\uFFFD'),
  example: row,
})

/** DVC names contents by MD5; a file that is another one than DVC knows is not taken for it. */
function demandDvc({ dvc, file }: ImportAsk, found: string): void {
  if (dvc === undefined || found === dvc) return
  throw new Failure(
    'conflict',
    'datasets.dvc-differs',
    `${file} has the MD5 ${found}, and DVC has ${dvc}. Run \`dvc pull\` or \`dvc commit\`, and import it again.`,
  )
}

function lineageOf(
  { synthetic, git, dvc, file, steps }: ImportAsk,
  about: Pick<Lineage, 'digest' | 'format' | 'producer'>,
): Lineage {
  const kind = synthetic ? 'generator' : dvc ? 'dvc' : git ? 'git' : 'file'
  const from = [file, dvc && `md5 ${dvc}`, git && `git ${git}`].filter(Boolean).join(', ')
  return { kind, from, ...about, steps: [...steps] }
}

/** Whether the file is the one that the dataset's description names. */
function verifiedBy({ card }: Dataset, digest: string, file: string): string | undefined {
  const named = card.files.find(({ name }) => name.replace(/^.*\//, '') === file.replace(/^.*\//, ''))
  if (!named?.sha256) return undefined
  return digest === `sha256:${named.sha256}`
    ? `${file} is the file that the description names: its SHA-256 is the same.`
    : `${file} is not the file that the description names: its SHA-256 is ${digest.slice(7)} and not ${named.sha256}.`
}
