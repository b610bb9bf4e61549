/**
 * Making versions: from files (`importing.ts`), from edits, and of what was released from quarantine.
 *
 * Invariant: a version is there with its blobs, its quarantine and its line in the audit log, or nothing is. Who was
 * slower than somebody else is told, and nothing of theirs is kept.
 */
import type { Example } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Tx } from '../../store/database.ts'
import { inTransaction } from '../../store/database.ts'
import type { Reader } from './allowed.ts'
import type { Dataset, DatasetVersion, Lineage, QuarantinedRow, VersionSummary } from './dataset.ts'
import type { DatasetsDeps } from './deps.ts'
import type { PutRows } from './put-rows.ts'
import { addQuarantined, addVersion } from './store.ts'
import type { DatasetDoor } from './version-of.ts'
import { breath } from './version-rows.ts'
import { createVersionWriter, type Marks } from './version-writer.ts'

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

/** Others get their turn after so many. */
export const ROWS_AT_ONCE = 500

export type VersionDraft = { readonly reason: string; readonly lineage: Lineage; readonly by: Reader['actor'] }

export function createChanging(deps: DatasetsDeps & { door: DatasetDoor }) {
  const { db, blobs, clock, organisation, examplesOf, door } = deps

  /** Writes the newest version with these rows put and removed. Undefined when that changes nothing. */
  async function write(
    given: VersionDraft & {
      dataset: Dataset
      put: PutRows
      remove?: ReadonlySet<string>
      /** Which rows of the version before stay; all of them when it is left out. */
      stays?: (row: Example) => boolean
      marks: Marks
      quarantined?: { readonly count: number; all(): AsyncIterable<QuarantinedRow> }
      /** In the transaction of the version, of which it is told the number; null when there is no new one. */
      also?: (tx: Tx, number: number | null) => Promise<void>
    },
  ): Promise<VersionSummary | undefined> {
    const { dataset, put, remove, stays = () => true, marks, quarantined, reason, lineage, by } = given
    const refused = quarantined?.count ?? 0
    const base = await door.version(dataset)
    const writer = createVersionWriter(blobs, marks)
    for (const chunk of base?.chunks ?? []) {
      await breath()
      const rows = (await examplesOf(chunk)).filter(({ id }) => !remove?.has(id))
      let at = 0
      for await (const other of put.replacing(rows.map(({ id }) => id))) {
        const row = rows[at++]
        if (other) await writer.add(other)
        else if (row && stays(row)) await writer.add(row)
      }
    }
    for await (const row of breathing(put.fresh())) await writer.add(row)
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
      quarantined: refused,
      at: clock(),
      by,
    }
    const { chunks: _, ...summary } = version
    await inTransaction(db, async (tx) => {
      if (isNew && !(await addVersion(tx, version))) throw outdated(dataset)
      for await (const some of quarantined ? inGroups(quarantined.all()) : []) await addQuarantined(tx, some)
      await given.also?.(tx, isNew ? number : null)
      if (!isNew && refused === 0) return
      const { digest, added, removed, changed } = summary
      await deps.record(tx, {
        actor: by,
        action: isNew ? 'datasets.add-version' : 'datasets.quarantine',
        subject: dataset.id,
        application: dataset.application,
        detail: {
          dataset: dataset.name,
          reason,
          quarantined: refused,
          ...(isNew && { number, digest, added, removed, changed }),
        },
      })
    })
    deps.publish({ topic: 'dataset', id: dataset.name, application: dataset.application })
    return isNew ? summary : undefined
  }

  return { write }
}

export const outdated = ({ name, latest }: Pick<Dataset, 'name' | 'latest'>): Failure =>
  new Failure(
    'outdated',
    'datasets.outdated',
    `Somebody made a newer version of ${name} than ${latest} meanwhile. Read it again and repeat your change.`,
  )

async function* breathing(rows: AsyncIterable<Example> | Iterable<Example>): AsyncGenerator<Example> {
  let count = 0
  for await (const row of rows) {
    if (++count % ROWS_AT_ONCE === 0) await breath()
    yield row
  }
}

async function* inGroups<Row>(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let some: Row[] = []
  for await (const row of rows) {
    if (some.push(row) < ROWS_AT_ONCE) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}
