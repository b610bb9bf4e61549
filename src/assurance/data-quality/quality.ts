/** Quality of datasets of the installation: runs, the audit of labels, and the sheet. One verb per route. */
import type { ActorId } from '../../core/actor.ts'
import type { Example } from '../../core/dataset.ts'
import { type Datasets, markOf } from '../../evals/index.ts'
import { digestOfBytes } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { age, type Clock, DAY } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import type { Caller } from '../../wire/caller.ts'
import { page } from '../../wire/route.ts'
import { overall } from './measure.ts'
import { measureApart } from './measure-apart.ts'
import type { LabelAnswer, QualityRun } from './run.ts'
import { sheetOf } from './sheet.ts'
import { addRun, listLabels, listRuns, saveLabel } from './store.ts'

/** More are measured by every second, third … row. */
const MOST_ROWS = 200_000
const VERSIONS_OF_SHEET = 20

export type QualityDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly systemActor: ActorId
  readonly record: RecordAudit
  readonly datasets: Pick<Datasets, 'door' | 'sample' | 'rowOf' | 'versions' | 'get' | 'withSchedule'>
  /** What the application's newest release tells the model and searches; null when it has none. */
  readonly textsOf: (application: string) => Promise<{ prompts: string[]; passages: string[] | null } | null>
}

export type DatasetQuality = ReturnType<typeof createDatasetQuality>

type Found = Awaited<ReturnType<Datasets['door']['find']>>['dataset']

export function createDatasetQuality(deps: QualityDeps) {
  const { db, clock, newId, organisation, datasets } = deps

  async function measure(dataset: Found, number: number | undefined, by: ActorId): Promise<QualityRun> {
    const version = await datasets.door.version(dataset, number)
    if (!version)
      throw new Failure(
        'unknown',
        'datasets.version-unknown',
        `The dataset ${dataset.name} has no rows yet. Import some.`,
      )
    const { rows, broken } = await datasets.sample(dataset, version, MOST_ROWS)
    const texts = dataset.application === null ? null : await deps.textsOf(dataset.application)
    const quality = await measureApart({
      rows,
      total: version.rows,
      broken,
      labels: labelsOf(rows, await listLabels(db, organisation, dataset.name)),
      ageDays: Math.floor(age(version.at, clock()) / DAY),
      segments: dataset.segments,
      limits: dataset.limits,
      prompts: texts?.prompts ?? null,
      passages: texts?.passages ?? null,
    })
    const run: QualityRun = {
      id: newId('dqr'),
      organisation,
      dataset: dataset.name,
      version: version.number,
      digest: version.digest,
      verdict: overall(quality.measures),
      ...quality,
      at: clock(),
      by,
    }
    await inTransaction(db, async (tx) => {
      await addRun(tx, run)
      const detail = { dataset: dataset.name, version: version.number, verdict: run.verdict }
      await deps.record(tx, {
        actor: by,
        action: 'datasets.measure',
        subject: dataset.id,
        application: dataset.application,
        detail,
      })
    })
    return run
  }

  async function newest(name: string): Promise<QualityRun | null> {
    return (await listRuns(db, { organisation, dataset: name, limit: 1 }))[0] ?? null
  }

  return {
    async run({ name, version, caller }: { name: string; version?: number | undefined; caller: Caller }) {
      const { dataset } = await datasets.door.findToRead(name, caller)
      return measure(dataset, version, caller.actor)
    },

    async runs({
      name,
      caller,
      cursor,
      limit,
    }: {
      name: string
      caller: Caller
      cursor?: string | undefined
      limit: number
    }) {
      await datasets.door.find(name, caller)
      return page(
        await listRuns(db, { organisation, dataset: name, after: cursor, limit: limit + 1 }),
        limit,
        ({ id }) => id,
      )
    },

    /** Rows that the caller has not looked at yet, in an order that nobody can choose; none of the holdout. */
    async labelSample({ name, caller, limit }: { name: string; caller: Caller; limit: number }) {
      const { dataset } = await datasets.door.findToRead(name, caller)
      const version = await datasets.door.version(dataset)
      if (!version) return { version: 0, items: [], answered: 0, right: 0 }
      const { rows } = await datasets.sample(dataset, version, MOST_ROWS)
      const answers = await listLabels(db, organisation, name)
      const mine = new Set(answers.filter(({ by }) => by === caller.actor).map(({ mark }) => mark))
      const open = rows.filter(
        (row) =>
          row.split !== 'holdout' && row.expected !== undefined && row.expected !== null && !mine.has(markOf(row)),
      )
      const items = open
        .map((row) => ({ row, order: digestOfBytes(`${version.digest}${row.id}`) }))
        .sort((one, other) => (one.order < other.order ? -1 : 1))
        .slice(0, limit)
      const said = [...labelsOf(rows, answers).values()]
      return {
        version: version.number,
        items: items.map(({ row }) => row),
        answered: said.length,
        right: said.filter(Boolean).length,
      }
    },

    async answerLabel({
      name,
      caller,
      row: id,
      isRight,
      comment,
    }: {
      name: string
      caller: Caller
      row: string
      isRight: boolean
      comment: string
    }) {
      const { dataset } = await datasets.door.findToRead(name, caller)
      const version = await datasets.door.version(dataset)
      const row = version && (await datasets.rowOf(version, id))
      if (!row || row.split === 'holdout')
        throw new Failure('unknown', 'datasets.row-unknown', `The newest version of ${name} has no row ${id} to audit.`)
      const answer: LabelAnswer = {
        organisation,
        dataset: dataset.name,
        mark: markOf(row),
        row: id,
        isRight,
        comment,
        by: caller.actor,
        at: clock(),
      }
      await inTransaction(db, async (tx) => {
        await saveLabel(tx, answer)
        const detail = { dataset: name, row: id, isRight }
        await deps.record(tx, {
          actor: caller.actor,
          action: 'datasets.audit-label',
          subject: dataset.id,
          application: dataset.application,
          detail,
        })
      })
      return answer
    },

    async sheet({ name, caller, format }: { name: string; caller: Caller; format: 'md' | 'html' }) {
      const dataset = await datasets.get(name, caller)
      const { items } = await datasets.versions({ name, caller, limit: VERSIONS_OF_SHEET })
      return sheetOf({ dataset, versions: items, run: await newest(name), at: clock() }, format)
    },

    /** What people said of these rows, wherever they stand now. */
    labelsFor: async (rows: readonly Example[]) => labelsOf(rows, await listLabels(db, organisation, undefined)),

    /** Measures what is due. One that cannot be measured does not keep the others waiting. */
    async runDue(report: (thrown: unknown, where: string) => void): Promise<void> {
      for (const dataset of await datasets.withSchedule()) {
        const last = await newest(dataset.name)
        const isDue = last === null || age(last.at, clock()) >= (dataset.qualityEveryDays ?? 0) * DAY
        if (isDue && dataset.latest > 0)
          await measure(dataset, undefined, deps.systemActor).catch((thrown) =>
            report(thrown, `quality of ${dataset.name}`),
          )
      }
    },
  }
}

/** By id; where people differ the more frequent word, and at a draw the worse one. */
function labelsOf(rows: readonly Example[], answers: readonly LabelAnswer[]): Map<string, boolean> {
  const votes = new Map<string, number>()
  for (const { mark, isRight } of answers) votes.set(mark, (votes.get(mark) ?? 0) + (isRight ? 1 : -1))
  if (votes.size === 0) return new Map()
  return new Map(
    rows.flatMap((row) => {
      const vote = votes.get(markOf(row))
      return vote === undefined ? [] : [[row.id, vote > 0] as const]
    }),
  )
}
