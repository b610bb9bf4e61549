/** Evals: experiments, the datasets they run over, and what they prove. One verb per route, and the producer for gates. */
import type { ActorId } from '../core/actor.ts'
import type { DatasetPart, Example, Split } from '../core/dataset.ts'
import { Failure } from '../kernel/failure.ts'
import { compareMoney, type MicroUsd } from '../kernel/money.ts'
import { inTransaction, type Tx } from '../store/database.ts'
import type { PersonalPlace } from '../store/personal-data.ts'
import type { Mounted } from '../wire/handle.ts'
import { page } from '../wire/route.ts'
import { keptAnswersPlace, paidAnswersPlace } from './answers/index.ts'
import { armsHttp, createCompareArms, createReadArms, type ReadArms } from './arms/index.ts'
import { closeBatches, createBatchesEnded, demandBatches } from './batches-ended.ts'
import { classesHttp } from './classes/index.ts'
import { CLOSE_BATCHES, createBatchCloser } from './close-batches.ts'
import { corpusHttp } from './corpus/index.ts'
import { createExamplesOf, createHoldout, type ExamplesOf, type Reader } from './datasets/index.ts'
import type { EvalsDeps } from './deps.ts'
import { pageOfExamples } from './example-pages.ts'
import { exchangeHttp } from './exchange/index.ts'
import type { Experiment, ExperimentId, Quote } from './experiment.ts'
import type { ExperimentAsk } from './experiment-ask.ts'
import { type ExperimentPlan, type PlanAsk, planExperiment } from './experiment-plan.ts'
import { figuresHttp } from './figures/index.ts'
import { createWaiting, type Waiting } from './in-batches/index.ts'
import { CONCURRENCY, createExperimentRunner, RUN_EXPERIMENT } from './jobs.ts'
import { newExperiment } from './new-experiment.ts'
import { answersPlace } from './personal.ts'
import { createEvalsProducer, type EvalsProducer } from './producer.ts'
import { qualityOf } from './quality.ts'
import { quoteExperiment } from './quote.ts'
import { reportsHttp } from './reports/index.ts'
import { createRowPages, forgetOrders, type RowPages, type RowsReader } from './row-pages/index.ts'
import { type Running, tell } from './run-deps.ts'
import { standInsHttp } from './stand-ins/index.ts'
import { standingHttp } from './standing/index.ts'
import {
  addExperiment,
  changeExperiment,
  type ExperimentFilter,
  findExperiment,
  listExperiments,
  listMeasuring,
  listTimed,
  newestMeasuring,
  newestOfSuite,
  removeFailedRows,
} from './store.ts'
import { listClusters, triageHttp } from './triage/index.ts'

/** Runs of a suite that are shown with it. */
const SHOWN_RUNS = 5

export type CreateOutcome =
  | { readonly kind: 'created'; readonly experiment: Experiment }
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'over-budget'; readonly quote: Quote }

type Served = Pick<ExperimentAsk, 'repeats' | 'serving'>
type Paging = { readonly cursor?: string | undefined; readonly limit: number }
type PageOf<Item> = { items: Item[]; next: string | null }

export type Evals = {
  /** Starts an experiment as a job, or says what it would take. */
  create(ask: ExperimentAsk): Promise<CreateOutcome>
  get(id: ExperimentId): Promise<Experiment>
  list(filter: ExperimentFilter & Paging): Promise<PageOf<Experiment>>
  readonly rows: RowsReader
  readonly differences: RowPages['differences']
  /** Counts that the caller is shown held-out rows of an experiment; refused to whom the dataset does not name. */
  readHoldout(experiment: Experiment, caller: Reader, page: { isFurtherPage: boolean }): Promise<void>
  /** Stops it; what ran stays. An experiment that has ended is refused. */
  cancel(ask: { id: ExperimentId; by: ActorId }): Promise<Experiment>
  /** Goes on with one that paused, failed or was cancelled; rows whose run failed are run again, all others stay. */
  resume(ask: { id: ExperimentId; by: ActorId; maxCostMicroUsd?: MicroUsd | undefined }): Promise<Experiment>
  /** After a decision about failed cases: what that lets the release's quality say. */
  onTriage(tx: Tx, experiment: Experiment): Promise<void>
  datasets(application: string): Promise<DatasetPart[]>
  examples(ask: { application: string; dataset: string; split?: Split | undefined } & Paging): Promise<PageOf<Example>>
  readonly examplesOf: ExamplesOf
  /** What arms of experiments that have ended took, and how they differ; read once. */
  readonly arms: ReadArms
  readonly producer: EvalsProducer
  /** Looks after batches that providers have, in a process that works on jobs. */
  readonly waiting: Pick<Waiting, 'start' | 'stop'>
  readonly personalPlaces: readonly PersonalPlace[]
  /** Routes of the sub-slices. */
  readonly doors: readonly Mounted[]
}

/** Registers the job handler, so it is called before `jobs.start()`. */
export function createEvals(deps: EvalsDeps): Evals {
  const { db, clock, newId, jobs } = deps
  const examplesOf = createExamplesOf(deps.blobs)
  const holdout = createHoldout(deps)
  const running: Running = new Map()
  const waiting = createWaiting({
    ...deps,
    async whoseIs(id) {
      const { application, release } = await get(id)
      return { application, release }
    },
    onEnded: createBatchesEnded({ ...deps, get }),
  })
  const runDeps = { ...deps, examplesOf, holdout, running, waiting }
  jobs.handle(RUN_EXPERIMENT, createExperimentRunner(runDeps))
  jobs.handle(CLOSE_BATCHES, createBatchCloser(runDeps))

  async function get(id: ExperimentId): Promise<Experiment> {
    const experiment = await findExperiment(db, id)
    if (experiment) return experiment
    throw new Failure('unknown', 'evals.experiment-unknown', `There is no experiment ${id}.`)
  }

  const planOf = async (ask: PlanAsk) => planExperiment(ask, { ...deps, examplesOf })

  async function quoteOf(plan: ExperimentPlan, { repeats = 1, serving = 'real-time' }: Served = {}): Promise<Quote> {
    const before = await newestMeasuring(db, plan.measures, ['succeeded'])
    const earlier = await listTimed(db, plan)
    return quoteExperiment(plan, {
      ...deps,
      repeats,
      serving,
      before,
      earlier,
      concurrency: deps.concurrency ?? CONCURRENCY,
    })
  }

  async function start(plan: ExperimentPlan, ask: Omit<ExperimentAsk, 'release'> & { quote: Quote }) {
    demandPriced(ask.quote)
    const id = newId('exp')
    const runsBefore = (await listMeasuring(db, plan.measures)).length
    const experiment = await newExperiment(plan, { ...ask, id, runsBefore, deps })
    const { heldOut } = plan.examples
    if (heldOut > 0) await holdout.demandReadsLeft(plan.dataset)
    await inTransaction(db, async (tx) => {
      await addExperiment(tx, experiment)
      if (heldOut > 0) await holdout.countRun(tx, { ...plan.dataset, experiment: id, rows: heldOut, by: ask.by })
      await jobs.enqueue(tx, {
        organisation: deps.organisation,
        kind: RUN_EXPERIMENT,
        key: id,
        input: { experiment: id },
      })
      await deps.record(tx, {
        actor: ask.by,
        action: 'evals.create-experiment',
        subject: id,
        application: experiment.application,
        detail: { release: experiment.release, against: experiment.against, suite: experiment.suite },
      })
    })
    tell(deps, experiment)
    return experiment
  }

  const { rows, differences } = createRowPages({ ...deps, get, examplesOf, running })
  const compare = createCompareArms({ ...deps, get, examplesOf })
  const evals: Evals = {
    get,
    waiting,
    examplesOf,
    arms: createReadArms({ ...deps, examplesOf }),
    rows,
    differences,
    async readHoldout({ id, release, dataset, splits, progress }, caller, page) {
      if (!splits.includes('holdout')) return
      const part = (await deps.releaseOf(release)).manifest.datasets.find(({ name }) => name === dataset)
      if (part) await holdout.read(part, caller, { rows: progress.total, purpose: `rows of ${id}`, ...page })
    },
    async create(ask) {
      const { release: id, maxCostMicroUsd, dryRun } = ask
      const plan = await planOf({ ...ask, release: await deps.releaseOf(id) })
      demandBatches(plan, ask, deps.batching)
      const quote = await quoteOf(plan, ask)
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
        if (!(await changeExperiment(tx, id, ['queued', 'running', 'paused'], change))) return false
        const { application } = experiment
        await deps.record(tx, { actor: by, action: 'evals.cancel-experiment', subject: id, application })
        return true
      })
      if (!isCancelled)
        throw new Failure('conflict', 'evals.experiment-ended', `Experiment ${id} is ${experiment.state} already.`)
      const job = await jobs.findByKey(RUN_EXPERIMENT, id)
      if (job) await jobs.cancel(job.id)
      if (experiment.serving === 'batch') await closeBatches(deps, id)
      tell(deps, experiment)
      return get(id)
    },
    async resume({ id, by, maxCostMicroUsd }) {
      const { state, application, progress, maxCostMicroUsd: before } = await get(id)
      await jobs.forget(RUN_EXPERIMENT, id)
      const isResumed = await inTransaction(db, async (tx) => {
        const removed = await removeFailedRows(tx, id)
        const change = {
          state: 'queued' as const,
          error: null,
          finishedAt: null,
          progress: { ...progress, done: progress.done - removed },
          maxCostMicroUsd: maxCostMicroUsd ?? before,
        }
        if (!(await changeExperiment(tx, id, ['paused', 'failed', 'cancelled'], change))) return false
        await forgetOrders(tx, id)
        await jobs.enqueue(tx, {
          organisation: deps.organisation,
          kind: RUN_EXPERIMENT,
          key: id,
          input: { experiment: id, isResumed: true },
        })
        await deps.record(tx, { actor: by, action: 'evals.resume-experiment', subject: id, application })
        return true
      })
      if (!isResumed)
        throw new Failure(
          'conflict',
          'evals.experiment-not-stopped',
          `Experiment ${id} is ${state}; only one that paused, failed or was cancelled goes on.`,
        )
      tell(deps, { id, application })
      return get(id)
    },
    async onTriage(tx, experiment) {
      const newest = await newestOfSuite(tx, experiment)
      // What was decided about an older run says nothing of the newest one.
      if (newest?.id !== experiment.id) return
      const release = await deps.releaseOf(experiment.release)
      const clusters = await listClusters(tx, experiment.id)
      const drafts = await qualityOf({ ...deps, examplesOf, holdout }, { ended: newest, release, clusters, db: tx })
      for (const draft of drafts) if (draft.check === 'eval.quality') await deps.recordEvidence(tx, draft)
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
      return pageOfExamples(part, { split, cursor, limit }, examplesOf)
    },
    personalPlaces: [
      answersPlace({ db, organisation: deps.organisation, releaseOf: deps.releaseOf, examplesOf }),
      keptAnswersPlace({ db, organisation: deps.organisation }),
      paidAnswersPlace({ db, organisation: deps.organisation }),
    ],
    doors: [
      ...triageHttp({ ...deps, get, onDecision: (tx, experiment) => evals.onTriage(tx, experiment) }),
      ...armsHttp({ get, compare }),
      ...corpusHttp({ ...deps, get, examplesOf }),
      ...classesHttp({ ...deps, get, examplesOf }),
      ...standInsHttp({ compare, releaseOf: deps.releaseOf, newestOf: (ask) => newestOfSuite(db, ask) }),
      ...standingHttp({
        ...deps,
        planOf,
        newestMeasuring: (measures, states) => newestMeasuring(db, measures, states),
        runsOf: (ask) =>
          listExperiments(db, { ...ask, organisation: deps.organisation, state: 'succeeded', limit: SHOWN_RUNS }),
      }),
      ...reportsHttp({ db, get, rows }),
      ...figuresHttp(deps),
      ...exchangeHttp({ datasets: (application) => evals.datasets(application), examplesOf }),
    ],
    producer: createEvalsProducer({
      releaseBefore: deps.releaseBefore,
      get,
      quote: async (ask) => quoteOf(await planOf(ask)),
      async start({ by, ...ask }) {
        const plan = await planOf(ask)
        const underWay = await newestMeasuring(db, plan.measures, ['queued', 'running', 'paused'])
        if (underWay?.state === 'paused') return (await evals.resume({ id: underWay.id, by })).id
        return (underWay ?? (await start(plan, { ...ask, by, quote: await quoteOf(plan) }))).id
      },
    }),
  }
  return evals
}

/** What the policy for unknown prices blocks is not begun. */
function demandPriced({ blocked }: Quote): void {
  if (blocked === null) return
  throw new Failure('unmet', 'evals.price-unknown', blocked, {
    problems: [{ field: 'suite', message: 'asks a model whose price is not known' }],
  })
}

/** A cost that is not known is not within any limit. */
const isWithin = ({ costMicroUsd }: Quote, most: MicroUsd): boolean =>
  costMicroUsd !== null && compareMoney(costMicroUsd, most) <= 0
