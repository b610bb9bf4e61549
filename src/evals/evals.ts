/** Evals: experiments, the datasets they run over, and what they prove. One verb per route, and the producer for gates. */
import type { ActorId } from '../core/actor.ts'
import type { DatasetPart, Example, Split } from '../core/dataset.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { digestOf, shortDigest } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import { compareMoney, type MicroUsd, NOTHING } from '../kernel/money.ts'
import { inTransaction } from '../store/database.ts'
import type { PersonalPlace } from '../store/personal-data.ts'
import { page } from '../wire/route.ts'
import { createExamplesOf, type ExamplesOf } from './datasets/index.ts'
import type { EvalsDeps } from './deps.ts'
import type { Against, Experiment, ExperimentArm, ExperimentId, IntervalMethod, Quote } from './experiment.ts'
import { type ExperimentPlan, planExperiment } from './experiment-plan.ts'
import { CONCURRENCY, createExperimentRunner, RUN_EXPERIMENT, tell } from './jobs.ts'
import { answersPlace } from './personal.ts'
import { createEvalsProducer, type EvalsProducer } from './producer.ts'
import { quoteExperiment } from './quote.ts'
import { createRowsReader, type RowsReader } from './rows.ts'
import {
  addExperiment,
  changeExperiment,
  type ExperimentFilter,
  findExperiment,
  listExperiments,
  newestMeasuring,
} from './store.ts'

export type ExperimentAsk = {
  readonly release: ReleaseId
  readonly suite: string
  /** Undefined: the baseline if there is one to beat. Null: nothing. */
  readonly against?: Against | null | undefined
  readonly repeats?: number
  readonly intervals?: IntervalMethod
  readonly dryRun?: boolean
  readonly maxCostMicroUsd?: MicroUsd | undefined
  readonly by: ActorId
}

export type CreateOutcome =
  | { readonly kind: 'created'; readonly experiment: Experiment }
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'over-budget'; readonly quote: Quote }

type Paging = { readonly cursor?: string | undefined; readonly limit: number }
type PageOf<Item> = { items: Item[]; next: string | null }

export type Evals = {
  /** Starts an experiment as a job, or says what it would take. */
  create(ask: ExperimentAsk): Promise<CreateOutcome>
  get(id: ExperimentId): Promise<Experiment>
  list(filter: ExperimentFilter & Paging): Promise<PageOf<Experiment>>
  readonly rows: RowsReader
  /** Stops it; what ran stays. An experiment that has ended is refused. */
  cancel(ask: { id: ExperimentId; by: ActorId }): Promise<Experiment>
  datasets(application: string): Promise<DatasetPart[]>
  examples(ask: { application: string; dataset: string; split?: Split | undefined } & Paging): Promise<PageOf<Example>>
  readonly examplesOf: ExamplesOf
  readonly producer: EvalsProducer
  readonly personalPlaces: readonly PersonalPlace[]
}

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createEvals(deps: EvalsDeps): Evals {
  const { db, clock, newId, jobs } = deps
  const examplesOf = createExamplesOf(deps.blobs)
  jobs.handle(RUN_EXPERIMENT, createExperimentRunner({ ...deps, examplesOf }))

  async function get(id: ExperimentId): Promise<Experiment> {
    const experiment = await findExperiment(db, id)
    if (experiment) return experiment
    throw new Failure('unknown', 'evals.experiment-unknown', `There is no experiment ${id}.`)
  }

  const planOf = async (ask: { release: Release; suite: string; against?: Against | null | undefined }) =>
    planExperiment(ask, { releaseOf: deps.releaseOf, examplesOf })

  async function quoteOf(plan: ExperimentPlan, repeats: number): Promise<Quote> {
    const before = await newestMeasuring(db, plan.measures, ['succeeded'])
    return quoteExperiment(plan, {
      repeats,
      before,
      estimateRun: deps.estimateRun,
      concurrency: deps.concurrency ?? CONCURRENCY,
    })
  }

  async function start(plan: ExperimentPlan, ask: Omit<ExperimentAsk, 'release'> & { quote: Quote }) {
    const { repeats = 1, intervals = 'clustered-t', maxCostMicroUsd = null, by, quote } = ask
    const id = newId('exp')
    const experiment: Experiment = {
      id,
      organisation: deps.organisation,
      application: plan.release.application,
      release: plan.release.id,
      against: plan.against,
      suite: plan.suite.name,
      dataset: plan.dataset.name,
      splits: plan.suite.splits,
      repeats,
      intervals,
      primary: plan.suite.primary,
      state: 'queued',
      progress: { done: 0, total: plan.examples.length * plan.arms.length * repeats },
      quote,
      maxCostMicroUsd,
      spentMicroUsd: NOTHING,
      arms: plan.arms.map(emptyArm),
      comparison: [],
      measures: plan.measures,
      seed: Number.parseInt(shortDigest(digestOf(id)), 16),
      environment: {
        airworthy: deps.programVersion,
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
      },
      error: null,
      createdAt: clock(),
      createdBy: by,
      startedAt: null,
      finishedAt: null,
    }
    await inTransaction(db, async (tx) => {
      await addExperiment(tx, experiment)
      await jobs.enqueue(tx, {
        organisation: deps.organisation,
        kind: RUN_EXPERIMENT,
        key: id,
        input: { experiment: id },
      })
      await deps.record(tx, {
        actor: by,
        action: 'evals.create-experiment',
        subject: id,
        application: experiment.application,
        detail: { release: experiment.release, against: experiment.against, suite: experiment.suite },
      })
    })
    tell(deps, experiment)
    return experiment
  }

  return {
    get,
    examplesOf,
    rows: createRowsReader({ db, get, releaseOf: deps.releaseOf, examplesOf }),
    async create(ask) {
      const { release: id, repeats = 1, maxCostMicroUsd, dryRun } = ask
      const plan = await planOf({ ...ask, release: await deps.releaseOf(id) })
      const quote = await quoteOf(plan, repeats)
      if (dryRun) return { kind: 'quote', quote }
      if (maxCostMicroUsd !== undefined && !isWithin(quote, maxCostMicroUsd)) return { kind: 'over-budget', quote }
      return { kind: 'created', experiment: await start(plan, { ...ask, quote }) }
    },
    async list({ cursor, limit, ...filter }) {
      const rows = await listExperiments(db, { ...filter, organisation: deps.organisation, cursor, limit: limit + 1 })
      return page(rows, limit, ({ id }) => id)
    },
    async cancel({ id, by }) {
      const experiment = await get(id)
      const isCancelled = await inTransaction(db, async (tx) => {
        const change = { state: 'cancelled' as const, finishedAt: clock() }
        if (!(await changeExperiment(tx, id, ['queued', 'running'], change))) return false
        const { application } = experiment
        await deps.record(tx, { actor: by, action: 'evals.cancel-experiment', subject: id, application })
        return true
      })
      if (!isCancelled)
        throw new Failure('conflict', 'evals.experiment-ended', `Experiment ${id} is ${experiment.state} already.`)
      const job = await jobs.findByKey(RUN_EXPERIMENT, id)
      if (job) await jobs.cancel(job.id)
      tell(deps, experiment)
      return get(id)
    },
    datasets: async (application) => (await deps.newestReleaseOf(application))?.manifest.datasets ?? [],
    async examples({ application, dataset, split, cursor, limit }) {
      const part = (await this.datasets(application)).find(({ name }) => name === dataset)
      if (!part)
        throw new Failure(
          'unknown',
          'evals.dataset-unknown',
          `The newest release of ${application} has no dataset ${dataset}. Add datasets/${dataset}.jsonl and freeze.`,
        )
      const all = (await examplesOf(part)).filter(
        // Of a dataset of the installation the holdout is read there, where each read is counted.
        (example) => (split === undefined || example.split === split) && !(part.from && example.split === 'holdout'),
      )
      const from = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1
      if (cursor !== undefined && from === 0)
        throw new Failure('invalid', 'evals.cursor-invalid', 'Use the `next` of the page before as the cursor.')
      return page(all.slice(from, from + limit + 1), limit, ({ id }) => id)
    },
    personalPlaces: [answersPlace({ db, organisation: deps.organisation, releaseOf: deps.releaseOf, examplesOf })],
    producer: createEvalsProducer({
      releaseBefore: deps.releaseBefore,
      get,
      quote: async (ask) => quoteOf(await planOf(ask), 1),
      async start({ by, ...ask }) {
        const plan = await planOf(ask)
        const underWay = await newestMeasuring(db, plan.measures, ['queued', 'running'])
        return (underWay ?? (await start(plan, { ...ask, by, quote: await quoteOf(plan, 1) }))).id
      },
    }),
  }
}

/** A cost that is not known is not within any limit. */
const isWithin = ({ costMicroUsd }: Quote, most: MicroUsd): boolean =>
  costMicroUsd !== null && compareMoney(costMicroUsd, most) <= 0

const emptyArm = ({ arm, label, release, behaviour }: ExperimentPlan['arms'][number]): ExperimentArm => ({
  arm,
  label,
  release,
  behaviour: [...behaviour],
  rows: 0,
  failed: 0,
  scores: [],
  latencyMs: null,
  costMicroUsd: null,
  tokens: { input: 0, output: 0, estimated: false },
})
