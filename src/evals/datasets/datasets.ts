/** Datasets of the installation. One verb per route; what they share is in the files beside this one. */

import type { ActorId } from '../../core/actor.ts'
import type { Example } from '../../core/dataset.ts'
import type { Name } from '../../core/names.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import { page } from '../../wire/route.ts'
import { admit } from './admit.ts'
import type { PageAsk, Reader } from './allowed.ts'
import { createCases } from './cases.ts'
import { createChanging, type Edit, outdated } from './changing.ts'
import {
  type Dataset,
  type DatasetAccess,
  type DatasetVersion,
  type Segment,
  UNKNOWN_CARD,
  USUAL_ACCESS,
  type VersionSummary,
} from './dataset.ts'
import type { DatasetsDeps } from './deps.ts'
import { createImporting } from './importing.ts'
import { importedFilesPlace, quarantinePlace } from './personal.ts'
import { rowsToPut } from './put-rows.ts'
import { createQuarantine } from './quarantine.ts'
import { createReading } from './reading.ts'
import { createSample } from './sample.ts'
import { heldBy } from './standing.ts'
import {
  addDataset,
  changeDataset,
  countWaiting,
  listDatasets,
  listHoldoutReads,
  listImportedFiles,
  listVersions,
} from './store.ts'
import { createDatasetDoor } from './version-of.ts'
import { rowById, rowsOf } from './version-rows.ts'

export type DatasetChange = {
  readonly description?: string | undefined
  readonly owner?: ActorId | undefined
  readonly access?: DatasetAccess | undefined
  readonly segments?: Segment[] | undefined
  readonly limits?: Dataset['limits'] | undefined
  readonly qualityEveryDays?: number | null | undefined
}

export type Datasets = ReturnType<typeof createDatasets>

const SHOWN_READS = 200
const MOST_SCHEDULED = 10_000

export function createDatasets(deps: DatasetsDeps) {
  const { db, clock, newId, organisation, examplesOf } = deps
  const door = createDatasetDoor(deps)
  const changing = createChanging({ ...deps, door })
  const reading = createReading({ examplesOf, door })
  const quarantine = createQuarantine({ ...deps, door, changing })
  const tell = ({ name, application }: Dataset) => deps.publish({ topic: 'dataset', id: name, application })

  async function served(name: string, caller: Reader) {
    const { dataset, access } = await door.find(name, caller)
    const version = await door.version(dataset)
    const { chunks: _, ...newest } = version ?? { chunks: [] }
    return {
      ...dataset,
      version: version ? (newest as VersionSummary) : null,
      waiting: (await countWaiting(db, dataset.id)).reduce((sum, { count }) => sum + count, 0),
      holdoutReadsLeft: await door.holdoutReadsLeft(dataset),
      may: access,
    }
  }

  /** Puts and removes rows by hand. All of it or nothing: every bad row is named. */
  async function edit({
    name,
    caller,
    base,
    put,
    remove,
    personalData,
    lineage,
    reason,
  }: Edit): Promise<VersionSummary | undefined> {
    const { dataset } = await door.findToRead(name, caller)
    if (base !== dataset.latest) throw outdated(dataset)
    const held = await heldBy(await door.version(dataset), examplesOf)
    const taken = new Map<string, number>()
    const rules = {
      split: undefined,
      source: () => lineage?.from ?? 'edited by hand',
      synthetic: lineage?.kind === 'generator',
      personalDataIn: personalData === undefined ? deps.personalDataIn : undefined,
      standing: held.standing,
    }
    const admitted = put.map((value, at) => admit({ line: at + 1, text: JSON.stringify(value), value }, taken, rules))
    const problems = admitted.flatMap((one, at) =>
      one.kind === 'refused'
        ? [{ field: `put.${at}.${one.refused.field}`, message: one.refused.message, remedy: one.refused.remedy }]
        : [],
    )
    const absent = remove.find((id) => !held.marks.has(id))
    if (absent !== undefined)
      problems.push({ field: 'remove', message: `there is no row ${absent}`, remedy: 'Leave it out.' })
    if (problems.length > 0)
      throw new Failure(
        'invalid',
        'datasets.edit-invalid',
        `${problems[0]?.field}: ${problems[0]?.message}. ${problems[0]?.remedy}`,
        { problems },
      )
    const rows = admitted.flatMap((one) => (one.kind === 'entered' ? [marked(one.row, personalData)] : []))
    return changing.write({
      dataset,
      put: rowsToPut(rows, (id) => held.marks.has(id) && !remove.includes(id)),
      remove: new Set(remove),
      marks: held.marks,
      reason,
      lineage: { kind: 'edit', from: 'by hand', steps: [], ...lineage, digest: null, format: null, producer: null },
      by: caller.actor,
    })
  }

  return {
    door,
    reading,
    quarantine,
    write: changing.write,
    importFile: createImporting({ ...deps, door, changing }),
    get: served,
    personalPlaces: [quarantinePlace(db), importedFilesPlace(db)],

    async create({
      name,
      application,
      description,
      caller,
    }: {
      name: Name
      application: Name | null
      description: string
      caller: Reader
    }) {
      const dataset: Dataset = {
        id: newId('dst'),
        organisation,
        name,
        application,
        description,
        owner: caller.actor,
        access: USUAL_ACCESS,
        card: UNKNOWN_CARD,
        segments: [],
        limits: {},
        qualityEveryDays: null,
        latest: 0,
        createdAt: clock(),
        createdBy: caller.actor,
      }
      await inTransaction(db, async (tx) => {
        if (!(await addDataset(tx, dataset)))
          throw new Failure(
            'conflict',
            'datasets.name-taken',
            `There is a dataset ${name} already. Choose another name.`,
          )
        await deps.record(tx, {
          actor: caller.actor,
          action: 'datasets.create',
          subject: dataset.id,
          application,
          detail: { name },
        })
      })
      tell(dataset)
      return served(name, caller)
    },

    async list({
      application,
      caller,
      cursor,
      limit,
    }: Omit<PageAsk<string>, 'name'> & { application?: string | undefined }) {
      const own = caller.application ?? application
      const rows = await listDatasets(db, { organisation, application: own, after: cursor, limit: limit + 1 })
      return page(rows, limit, ({ name }) => name)
    },

    async change(name: string, caller: Reader, change: DatasetChange) {
      const { dataset } = await door.findToRule(name, caller)
      const given = Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined),
      ) as Partial<Dataset>
      await inTransaction(db, async (tx) => {
        if (Object.keys(given).length > 0) await changeDataset(tx, dataset.id, given)
        const { id: subject, application } = dataset
        await deps.record(tx, {
          actor: caller.actor,
          action: 'datasets.change',
          subject,
          application,
          detail: { name, ...given },
        })
      })
      tell(dataset)
      return served(name, caller)
    },

    async versions({ name, caller, cursor, limit }: PageAsk<number>) {
      const { dataset } = await door.find(name, caller)
      const rows = await listVersions(db, { dataset: dataset.id, before: cursor, limit: limit + 1 })
      return page(rows, limit, ({ number }) => String(number))
    },

    /** What each file held when it came in, the newest first; examples of values are for those who may read rows. */
    async files({ name, caller, cursor, limit }: PageAsk<string>) {
      const { dataset } = await door.findToRead(name, caller)
      const rows = await listImportedFiles(db, { dataset: dataset.id, before: cursor, limit: limit + 1 })
      return page(rows, limit, ({ id }) => id)
    },

    edit,

    addCase: createCases({ door, edit, traceOf: deps.traceOf }),

    /** At most so many rows of a version, and as memory has room for, the holdout among them; for measuring, and shown to nobody. */
    async sample(
      dataset: Dataset,
      version: DatasetVersion,
      most: number,
    ): Promise<{ rows: Example[]; broken: number }> {
      const sample = createSample({ rows: version.rows, most })
      for await (const { at, row } of rowsOf(version, examplesOf)) sample.add(at, row)
      const waiting = await countWaiting(db, dataset.id)
      return { rows: sample.end(), broken: waiting.find(({ kind }) => kind === 'broken')?.count ?? 0 }
    },

    /** The row of a version by its id, the holdout among them; shown to nobody. */
    rowOf: async (version: DatasetVersion, id: string): Promise<Example | undefined> =>
      (await rowById(version, examplesOf, id))?.row,

    /** Datasets whose quality is measured on a schedule. */
    withSchedule: async (): Promise<Dataset[]> =>
      (await listDatasets(db, { organisation, limit: MOST_SCHEDULED })).filter(
        ({ qualityEveryDays }) => qualityEveryDays !== null,
      ),

    async holdoutReads(name: string, caller: Reader) {
      const { dataset } = await door.find(name, caller)
      return { items: await listHoldoutReads(db, dataset.id, SHOWN_READS), left: await door.holdoutReadsLeft(dataset) }
    },
  }
}

const marked = (row: Example, personalData: 'synthetic' | 'allowed' | undefined): Example =>
  personalData === undefined ? row : { ...row, metadata: { ...row.metadata, personalData } }
