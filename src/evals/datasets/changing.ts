/**
 * Making versions: from files, from edits, and of what was released from quarantine.
 *
 * Invariant: a version is there with its blobs, its quarantine and its line in the audit log, or nothing is. Who was
 * slower than somebody else is told, and nothing of theirs is kept.
 */
import { createHash } from 'node:crypto'
import type { Example, Split } from '../../core/dataset.ts'
import { digestOfBytes } from '../../kernel/digest.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import type { Tx } from '../../store/database.ts'
import { inTransaction } from '../../store/database.ts'
import { admit, type Refused } from './admit.ts'
import type { Reader } from './allowed.ts'
import type { Dataset, DatasetVersion, Lineage, QuarantinedRow, VersionSummary } from './dataset.ts'
import type { DatasetsDeps } from './deps.ts'
import { createFileProfiler } from './file-profile.ts'
import { type Format, readFile } from './import/read-file.ts'
import type { Columns, ReadRow } from './import/read-row.ts'
import { heldBy } from './standing.ts'
import { addImportedFile, addQuarantined, addVersion, changeDataset } from './store.ts'
import type { DatasetDoor } from './version-of.ts'
import { breath, rowsOf } from './version-rows.ts'
import { createVersionWriter, markOf } from './version-writer.ts'

export type ImportAsk = {
  readonly name: string
  readonly caller: Reader
  readonly bytes: Buffer
  readonly file: string
  readonly format?: Format | undefined
  readonly encoding?: string | undefined
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

export type Edit = {
  readonly name: string
  readonly caller: Reader
  /** The number of the version that was read. */
  readonly base: number
  readonly put: readonly Record<string, unknown>[]
  readonly remove: readonly string[]
  /** What is said of personal data in the rows; left out, such rows are refused. */
  readonly personalData?: 'synthetic' | 'allowed' | undefined
  readonly lineage?: Pick<Lineage, 'kind' | 'from' | 'steps'> | undefined
  readonly reason: string
}

const SHOWN_PROBLEMS = 100
const ROWS_AT_ONCE = 500

export type VersionDraft = { readonly reason: string; readonly lineage: Lineage; readonly by: Reader['actor'] }

export function createChanging(deps: DatasetsDeps & { door: DatasetDoor }) {
  const { db, blobs, clock, newId, organisation, examplesOf, door } = deps

  /** Writes the newest version with these rows put and removed. Undefined when that changes nothing. */
  async function write(
    given: VersionDraft & {
      dataset: Dataset
      put: readonly Example[]
      remove?: ReadonlySet<string>
      /** Which rows of the version before stay; all of them when it is left out. */
      stays?: (row: Example) => boolean
      marks: ReadonlyMap<string, string>
      quarantined?: readonly QuarantinedRow[]
      /** In the transaction of the version, of which it is told the number; null when there is no new one. */
      also?: (tx: Tx, number: number | null) => Promise<void>
    },
  ): Promise<VersionSummary | undefined> {
    const { dataset, put, remove, stays = () => true, marks, quarantined = [], reason, lineage, by } = given
    const base = await door.version(dataset)
    const writer = createVersionWriter(blobs, marks)
    const replaced = new Map(put.map((row) => [row.id, row]))
    if (base)
      for await (const { row } of rowsOf(base, examplesOf)) {
        if (remove?.has(row.id) || !(stays(row) || replaced.has(row.id))) continue
        await writer.add(replaced.get(row.id) ?? row)
        replaced.delete(row.id)
      }
    for (const row of replaced.values()) await writer.add(row)
    const written = await writer.end()
    const isNew = written.digest !== base?.digest && written.added + written.removed + written.changed > 0
    const number = dataset.latest + 1
    const version: DatasetVersion = {
      dataset: dataset.id,
      organisation,
      number,
      ...written,
      reason,
      lineage,
      quarantined: quarantined.length,
      at: clock(),
      by,
    }
    const { chunks: _, ...summary } = version
    await inTransaction(db, async (tx) => {
      if (isNew && !(await addVersion(tx, version))) throw outdated(dataset)
      await addQuarantined(tx, quarantined)
      await given.also?.(tx, isNew ? number : null)
      if (!isNew && quarantined.length === 0) return
      const { digest, added, removed, changed } = summary
      await deps.record(tx, {
        actor: by,
        action: isNew ? 'datasets.add-version' : 'datasets.quarantine',
        subject: dataset.id,
        application: dataset.application,
        detail: {
          dataset: dataset.name,
          reason,
          quarantined: quarantined.length,
          ...(isNew && { number, digest, added, removed, changed }),
        },
      })
    })
    deps.publish({ topic: 'dataset', id: dataset.name, application: dataset.application })
    return isNew ? summary : undefined
  }

  async function importFile(ask: ImportAsk): Promise<Imported> {
    const { caller, file, mode, reason } = ask
    const { dataset, access } = await door.findToRead(ask.name, caller)
    const held = await heldBy(await door.version(dataset), examplesOf)
    demandDvc(ask)
    const source = readFile(ask)
    const entered: Example[] = []
    const refused: Refused[] = []
    const taken = new Map<string, number>()
    const profiler = createFileProfiler({ isTable: source.format === 'csv' || source.format === 'xlsx' })
    const counts = { read: 0, unchanged: 0 }
    const rules = {
      split: ask.split,
      source: (line: number) => `${file}:${line}`,
      synthetic: ask.synthetic,
      personalDataIn: deps.personalDataIn,
      standing: held.standing,
    }
    const refuse = (read: ReadRow, why: Refused) => {
      refused.push(why)
      profiler.add(read, { refused: why })
    }
    for await (const read of source.rows) {
      counts.read += 1
      if (counts.read % ROWS_AT_ONCE === 0) await breath()
      const admission = admit(read, taken, rules)
      if (admission.kind === 'refused') {
        refuse(read, admission.refused)
        continue
      }
      const { row } = admission
      const before = held.marks.get(row.id)
      if (before === markOf(row)) counts.unchanged += 1
      else if (before !== undefined && mode === 'append') {
        refuse(read, idTaken(row, read.line, read.text))
        continue
      }
      profiler.add(read, { entered: row })
      held.remember(row)
      if (before !== markOf(row) || mode === 'replace') entered.push(row)
    }
    const digest = digestOfBytes(ask.bytes)
    if (source.croissant) await describe(dataset, source.croissant)
    const verified = verifiedBy(dataset, digest, file)
    if (verified) source.notes.push(verified)
    const quarantined = refused.map((row) => toQuarantine(dataset, file, row))
    const lineage = lineageOf(ask, { digest, format: source.format, producer: source.producer })
    const version = await write({
      dataset,
      put: entered,
      // Who cannot see the holdout cannot throw it away either.
      ...(mode === 'replace' && { stays: (row: Example) => row.split === 'holdout' && !access.holdout }),
      marks: held.marks,
      quarantined,
      reason,
      lineage,
      by: caller.actor,
      also: (tx, number) =>
        addImportedFile(tx, {
          ...{ id: newId('imf'), dataset: dataset.id, organisation, file, version: number, at: clock() },
          profile: profiler.end({ format: source.format, encoding: source.encoding, bytes: ask.bytes.length, digest }),
          by: caller.actor,
        }),
    })
    return {
      version: version ?? null,
      read: counts.read,
      entered: version ? entered.length : 0,
      unchanged: counts.unchanged,
      quarantined: refused.length,
      problems: refused
        .slice(0, SHOWN_PROBLEMS)
        .map(({ line, field, message, remedy }) => ({ file, line, field, message, remedy })),
      notes: source.notes,
      format: source.format,
      encoding: source.encoding,
    }
  }

  const toQuarantine = (dataset: Dataset, file: string, row: Refused): QuarantinedRow => ({
    id: newId('qua'),
    dataset: dataset.id,
    organisation,
    file,
    ...row,
    decision: null,
    decidedBy: null,
    reason: null,
    at: clock(),
  })

  async function describe(dataset: Dataset, { card, description }: { card: Dataset['card']; description: string }) {
    await inTransaction(db, (tx) =>
      changeDataset(tx, dataset.id, { card, ...(dataset.description === '' && { description }) }),
    )
  }

  return { write, importFile }
}

export const outdated = ({ name, latest }: Pick<Dataset, 'name' | 'latest'>): Failure =>
  new Failure(
    'outdated',
    'datasets.outdated',
    `Somebody made a newer version of ${name} than ${latest} meanwhile. Read it again and repeat your change.`,
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
function demandDvc({ dvc, bytes, file }: ImportAsk): void {
  if (dvc === undefined) return
  const found = createHash('md5').update(bytes).digest('hex')
  if (found === dvc) return
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
