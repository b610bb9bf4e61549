/** SQL of experiments and their rows. */
import { type SqlBool, sql } from 'kysely'
import type { ActorId } from '../core/actor.ts'
import type { ReleaseId } from '../core/release.ts'
import type { Digest } from '../kernel/digest.ts'
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import { Experiment, type ExperimentId, type ExperimentState, RowOutcome } from './experiment.ts'
import type { Spending } from './spending.ts'
import { storableJson } from './storable-json.ts'

/** So many are looked at for how long one takes. */
const TIMED = 5

export const own = tablesOf({ experiments: Experiment, experimentRows: RowOutcome })

export async function addExperiment(tx: Tx, experiment: Experiment): Promise<void> {
  await own(tx)
    .insertInto('experiments')
    .values({
      ...experiment,
      splits: json(experiment.splits),
      progress: json(experiment.progress),
      quote: json(experiment.quote),
      arms: json(experiment.arms),
      comparison: json(experiment.comparison),
      environment: json(experiment.environment),
      variants: json(experiment.variants),
      registered: experiment.registered && json(experiment.registered),
      spentUnpriced: json(experiment.spentUnpriced),
      tags: json(experiment.tags),
      further: json(experiment.further),
      slices: json(experiment.slices),
      combined: experiment.combined && json(experiment.combined),
    })
    .execute()
}

export const findExperiment = (db: Database | Tx, id: ExperimentId): Promise<Experiment | undefined> =>
  own(db).selectFrom('experiments').selectAll().where('id', '=', id).executeTakeFirst()

type Ended = 'arms' | 'comparison' | 'further' | 'slices' | 'combined' | 'stoppedEarly' | 'finishedAt'
type ExperimentChange = Partial<
  Pick<Experiment, Ended | 'state' | 'maxCostMicroUsd' | 'progress' | 'error' | 'startedAt'>
>

/** Changes an experiment that is in one of these states. Returns whether it was. */
export async function changeExperiment(
  db: Database | Tx,
  id: ExperimentId,
  from: readonly ExperimentState[],
  change: ExperimentChange,
): Promise<boolean> {
  const { arms, comparison, further, slices, combined, progress, ...plain } = change
  const done = await own(db)
    .updateTable('experiments')
    .set({
      ...plain,
      ...(arms && { arms: json(arms) }),
      ...(comparison && { comparison: json(comparison) }),
      ...(further && { further: json(further) }),
      ...(slices && { slices: json(slices) }),
      ...(combined && { combined: json(combined) }),
      ...(progress && { progress: json(progress) }),
    })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return Number(done.numUpdatedRows) > 0
}

export type ExperimentFilter = {
  application?: string | undefined
  release?: string | undefined
  suite?: string | undefined
  state?: ExperimentState | undefined
}

/** The newest first, after the experiment `cursor`. */
export function listExperiments(
  db: Database,
  filter: ExperimentFilter & { organisation: string; cursor?: string | undefined; limit: number },
): Promise<Experiment[]> {
  const { application, release, suite, state, cursor } = filter
  let query = own(db).selectFrom('experiments').selectAll().where('organisation', '=', filter.organisation)
  if (application) query = query.where('application', '=', application)
  if (release) query = query.where(sql<SqlBool>`release = ${release}`)
  if (suite) query = query.where('suite', '=', suite)
  if (state) query = query.where('state', '=', state)
  if (cursor) query = query.where(sql<SqlBool>`id < ${cursor}`)
  return query.orderBy('id', 'desc').limit(filter.limit).execute()
}

/** The last experiments with a suite of this name that succeeded, from which it is known how long one takes. */
export const listTimed = (
  db: Database,
  { release, suite }: { release: { application: string }; suite: { name: string } },
): Promise<Experiment[]> =>
  own(db)
    .selectFrom('experiments')
    .selectAll()
    .where('application', '=', release.application)
    .where('suite', '=', suite.name)
    .where('state', '=', 'succeeded')
    .orderBy('id', 'desc')
    .limit(TIMED)
    .execute()

/** The newest experiment that measures exactly this and is in one of the states. */
export const newestMeasuring = (
  db: Database | Tx,
  measures: Digest,
  states: readonly ExperimentState[],
): Promise<Experiment | undefined> =>
  own(db)
    .selectFrom('experiments')
    .selectAll()
    .where('measures', '=', measures)
    .where('state', 'in', states)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Experiments that measured exactly this to their end, the first one first. */
export const listMeasuring = (db: Database | Tx, measures: Digest): Promise<Experiment[]> =>
  own(db)
    .selectFrom('experiments')
    .selectAll()
    .where('measures', '=', measures)
    .where('state', '=', 'succeeded')
    .orderBy('id')
    .execute()

/** The newest finished experiment of a suite on a release that measured the release itself. */
export const newestOfSuite = (
  db: Database | Tx,
  { release, suite }: { release: ReleaseId; suite: string },
): Promise<Experiment | undefined> =>
  own(db)
    .selectFrom('experiments')
    .selectAll()
    .where(sql<SqlBool>`release = ${release}`)
    .where('suite', '=', suite)
    .where('state', '=', 'succeeded')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** How often the holdout of a dataset was run, by experiments that began. */
export async function holdoutRuns(
  db: Database | Tx,
  { application, dataset }: { application: string; dataset: string },
): Promise<{ runs: number; measurers: ActorId[] }> {
  const { rows } = await sql<{ runs: number; measurers: ActorId[] }>`
    select count(*) filter (where dataset = ${dataset} and splits ? 'holdout' and started_at is not null)::int as runs,
      coalesce(jsonb_agg(distinct created_by), '[]') as measurers
    from experiments where application = ${application}`.execute(db)
  return rows[0] ?? { runs: 0, measurers: [] }
}

export type FailedRow = {
  readonly example: string
  readonly exampleNumber: number
  readonly error: string | null
  readonly abstained: boolean
  readonly detail: string
}

/** Examples of the candidate whose run failed, or whose primary score is below where a case passes; the first by id. */
export async function listFailedRows(
  db: Database | Tx,
  {
    experiment,
    primary,
    passAt,
    limit,
  }: { experiment: ExperimentId; primary: string; passAt: number | null; limit: number },
): Promise<FailedRow[]> {
  const { rows } = await sql<FailedRow>`
    select distinct on (example) example, example_number as "exampleNumber", error, abstained,
      coalesce(scores -> ${primary} ->> 'detail', '') as detail
    from experiment_rows where experiment = ${experiment} and arm = 'candidate'
      and (error is not null or (scores -> ${primary} ->> 'score')::float8 < ${passAt}::float8)
    order by example, repeat limit ${limit}`.execute(db)
  return rows
}

/** Takes away the rows whose run failed, so that they are run again; returns how many. */
export async function removeFailedRows(tx: Tx, experiment: ExperimentId): Promise<number> {
  const done = await own(tx)
    .deleteFrom('experimentRows')
    .where('experiment', '=', experiment)
    .where('error', 'is not', null)
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

/**
 * Keeps a batch of rows and moves progress and spending in one transaction; returns the experiment's progress, and how
 * many of the rows were not there yet. The rows travel as one JSON value: 500 rows as 9,000 parameters take four times as long.
 */
export async function addRows(
  tx: Tx,
  { experiment, rows, cost, unpriced }: { experiment: ExperimentId; rows: readonly RowOutcome[] } & Spending,
): Promise<{ added: number; progress: Experiment['progress'] | undefined }> {
  const { numAffectedRows } = await sql`
    insert into experiment_rows (experiment, organisation, arm, example, example_number, repeat, answer, abstained,
      passages, citations, invalid_citations, scores, error, latency_ms, tokens, cost_micro_usd, served_by, trace, is_reused)
    select experiment, organisation, arm, example, "exampleNumber", repeat, answer, abstained,
      passages, citations, "invalidCitations", scores, error, "latencyMs", tokens, "costMicroUsd", "servedBy", trace,
      "isReused"
    from jsonb_to_recordset(${storableJson(rows)}::jsonb) as given (experiment text, organisation text,
      arm text, example text, "exampleNumber" int, repeat int, answer text, abstained boolean, passages jsonb,
      citations jsonb, "invalidCitations" jsonb, scores jsonb, error text, "latencyMs" float8, tokens jsonb,
      "costMicroUsd" numeric, "servedBy" text, trace text, "isReused" boolean)
    on conflict do nothing`.execute(tx)
  const added = Number(numAffectedRows ?? 0)
  const { rows: changed } = await sql<{ progress: Experiment['progress'] }>`
    update experiments set spent_micro_usd = trim_scale(spent_micro_usd + ${cost}::numeric),
      spent_unpriced = (select coalesce(jsonb_agg(distinct model), '[]')
        from jsonb_array_elements(spent_unpriced || ${JSON.stringify(unpriced)}::jsonb) as asked (model)),
      progress = jsonb_set(progress, '{done}', to_jsonb((progress ->> 'done')::int + ${added}::int))
    where id = ${experiment} returning progress`.execute(tx)
  return { added, progress: changed[0]?.progress }
}

/** The number of the last example that ran; 0 before the first. */
export async function lastExample(db: Database, experiment: ExperimentId): Promise<number> {
  const found = await own(db)
    .selectFrom('experimentRows')
    .select(({ fn }) => fn.max('exampleNumber').as('last'))
    .where('experiment', '=', experiment)
    .executeTakeFirst()
  return found?.last ?? 0
}

type PersonAsk = { experiment: ExperimentId; patterns: string; examples: readonly string[]; from: number; to: number }

/**
 * Rows of an experiment that may name a person, or that ran on one of these examples; by their numbers from one up to
 * another, because nobody else is served while a million rows are looked through.
 */
export const listPersonRows = (
  db: Database,
  { experiment, patterns, examples, from, to }: PersonAsk,
): Promise<RowOutcome[]> => {
  const like = sql`any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`
  return own(db)
    .selectFrom('experimentRows')
    .selectAll()
    .where('experiment', '=', experiment)
    .where('exampleNumber', '>=', from)
    .where('exampleNumber', '<', to)
    .where(
      sql<SqlBool>`(example in (select jsonb_array_elements_text(${JSON.stringify(examples)}::jsonb))
        or trace is not null or answer ilike ${like} or error ilike ${like} or citations::text ilike ${like}
        or invalid_citations::text ilike ${like} or scores::text ilike ${like} or passages::text ilike ${like})`,
    )
    .orderBy('exampleNumber')
    .execute()
}

/** Takes away what was said in a row; its numbers stay. */
export async function blankRow(
  tx: Tx,
  { experiment, arm, example, repeat }: Pick<RowOutcome, 'experiment' | 'arm' | 'example' | 'repeat'>,
  { scores, ...blank }: Pick<RowOutcome, 'answer' | 'error' | 'scores' | 'trace'>,
): Promise<void> {
  await own(tx)
    .updateTable('experimentRows')
    .set({
      ...blank,
      scores: json(scores),
      citations: json<string[]>([]),
      invalidCitations: json<string[]>([]),
      passages: json<string[]>([]),
    })
    .where('experiment', '=', experiment)
    .where('arm', '=', arm)
    .where('example', '=', example)
    .where('repeat', '=', repeat)
    .execute()
}
