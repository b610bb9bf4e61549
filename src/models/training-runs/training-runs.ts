/**
 * Training runs of models of our own: recorded once, never changed, and joined with cards, datasets and weights to the
 * lineage of a model.
 */
import type { ActorId } from '../../core/actor.ts'
import { type Digest, Digest as DigestText, digestOf } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { type Remember, readOnly } from '../../store/remember.ts'
import type { Caller } from '../../wire/caller.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { TrainingRunRecord, TrainingRunSummary } from './contract.ts'
import { fileOfMlflow, type MlflowRun } from './from-mlflow.ts'
import { type LineageGround, type LineageStanding, lineageOf, type ModelLineage } from './lineage.ts'
import { trainingRunPlace } from './personal.ts'
import { factsOf, problemsIn, readRunFile } from './run-file.ts'
import { addRunRow, listRunRows } from './store.ts'
import { type DataSaid, type TrainedOn, type TrainingRun, TrainingRunFile, type TrainingRunId } from './training-run.ts'

export type NamedVersion = Omit<Extract<TrainedOn, { kind: 'version' }>, 'kind'>
export type Reader = Pick<Caller, 'actor' | 'role' | 'application'>

export type TrainingRunsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly remember?: Remember
  readonly ground: Omit<LineageGround, 'runsOf'>
  /** Throws `models.unknown-model`. */
  readonly demandModel: (model: string) => void
  /** A version of a dataset that the caller may know of; a sentence when there is none. Without a dataset, of any. */
  readonly findVersion: (
    caller: Reader,
    named: { dataset?: string | undefined; version?: number | undefined; digest?: Digest | undefined },
  ) => Promise<NamedVersion | string>
  /** Whether somebody was deleted from the rows of a version. */
  readonly isErased: (version: Pick<NamedVersion, 'dataset' | 'version'>) => Promise<boolean>
  /** Throws for what is no answer of MLflow. */
  readonly readMlflow: (content: string) => readonly MlflowRun[]
}

export type TrainingRuns = Awaited<ReturnType<typeof createTrainingRuns>>

export async function createTrainingRuns(deps: TrainingRunsDeps) {
  const { db, clock, newId, organisation, record, publish, remember = readOnly } = deps
  let kept: TrainingRun[] = []
  await reload()

  async function reload(): Promise<void> {
    kept = await remember('model-training-runs', () => listRunRows(db, organisation))
  }
  const inForce = (model: string): TrainingRun[] => {
    const own = kept.filter((run) => run.model === model)
    const replaced = new Set(own.map(({ replaces }) => replaces))
    return own.filter(({ id }) => !replaced.has(id))
  }
  /** As a caller may see it. */
  const groundFor = (caller?: Reader): LineageGround => ({
    ...deps.ground,
    runsOf: (model) => inForce(model).map((run) => shownTo(run, caller)),
  })
  const tell = (model: string) => {
    publish({ topic: 'model-card', id: model, application: null })
    publish({ topic: 'gate', id: model, application: null })
  }
  const find = (id: TrainingRunId): TrainingRun => {
    const found = kept.find((run) => run.id === id)
    if (found) return found
    throw new Failure('unknown', 'models.training-run-unknown', `There is no training run ${id}.`)
  }

  /** What was said in a file and by MLflow; the file goes before. */
  async function saidIn({ run, content, mlflow }: TrainingRunRecord, caller: Reader) {
    const file = content === undefined ? (run ?? {}) : readRunFile(content)
    if (mlflow === undefined) return { file, mlflowRun: null }
    const [one, another] = deps.readMlflow(mlflow)
    if (!one || another)
      throw refused('mlflow', 'it must hold one run, and holds several', 'Send the answer of runs/get.')
    if (one.state !== 'finished')
      throw refused('mlflow', `the run ${one.run} is ${one.state}`, 'Record it when it has ended well.')
    const here = new Map<string, { dataset: string; version: number }>()
    for (const { digest } of one.datasets) {
      const parsed = DigestText.safeParse(digest)
      const found = parsed.success ? await deps.findVersion(caller, { digest: parsed.data }) : ''
      if (typeof found !== 'string') here.set(digest, { dataset: found.dataset, version: found.version })
    }
    // What another program wrote is held to the same shape.
    const parsed = TrainingRunFile.safeParse(fileOfMlflow(one, (digest) => here.get(digest)))
    if (!parsed.success) throw problemsIn(parsed.error, 'mlflow')
    return { file: { ...parsed.data, ...file }, mlflowRun: one.run }
  }

  async function resolved(datasets: readonly DataSaid[], caller: Reader): Promise<TrainedOn[]> {
    const found: TrainedOn[] = []
    for (const [at, { dataset, version, name = '', digest, licence = null, source = null }] of datasets.entries()) {
      if (dataset === undefined) {
        found.push({ kind: 'elsewhere', name, digest: digest ?? null, licence, source })
        continue
      }
      // The schema took nothing else for a dataset of this installation.
      const one = await deps.findVersion(caller, { dataset, version, digest: digest as Digest | undefined })
      if (typeof one === 'string')
        throw refused(`datasets.${at}`, one, '`airworthy datasets list` shows what there is.')
      found.push({ kind: 'version', ...one })
    }
    return found
  }

  function demandReplaceable(model: string, replaces: TrainingRunId): void {
    const before = kept.find(({ id }) => id === replaces)
    if (before?.model !== model)
      throw refused('replaces', `there is no training run ${replaces} of ${model}`, 'Take its id from the list.')
    const newer = kept.find((run) => run.replaces === replaces)
    if (newer)
      throw refused('replaces', `${newer.id} took the place of ${replaces} already`, `Name ${newer.id} instead.`)
  }

  return {
    reload,
    get: (id: TrainingRunId, caller: Reader): TrainingRun => shownTo(find(id), caller),
    personalPlaces: [trainingRunPlace({ db, organisation, reload })],
    /** Those in force, the newest first. From memory. */
    runsOf: inForce,

    list(
      { model, dataset }: { model?: string | undefined; dataset?: string | undefined },
      { cursor, limit }: { cursor?: string | undefined; limit: number },
      caller: Reader,
    ): TrainingRunSummary[] {
      return kept
        .map((run) => shownTo(run, caller))
        .filter((run) => (model === undefined || run.model === model) && (cursor === undefined || run.id < cursor))
        .filter(({ datasets }) => dataset === undefined || datasets.some((one) => isVersionOf(one, dataset)))
        .slice(0, limit)
        .map(({ parameters: _, weights: __, ...rest }) => rest)
    },

    /** The record, and whether it is new: the same that comes again is the row that is there. */
    async record(ask: TrainingRunRecord, caller: Reader): Promise<{ run: TrainingRun; isNew: boolean }> {
      const { model, replaces = null } = ask
      deps.demandModel(model)
      const { file, mlflowRun } = await saidIn(ask, caller)
      const facts = { ...factsOf(file), datasets: await resolved(file.datasets ?? [], caller), mlflowRun }
      const digest = digestOf({ model, replaces, ...facts })
      const there = kept.find((run) => run.digest === digest)
      if (there) return { run: there, isNew: false }
      if (replaces !== null) demandReplaceable(model, replaces)
      const by: ActorId = caller.actor
      const run: TrainingRun = {
        ...facts,
        id: newId('mtr'),
        organisation,
        model,
        digest,
        replaces,
        recordedBy: by,
        recordedAt: clock(),
      }
      const isNew = await inTransaction(db, async (tx) => {
        if (!(await addRunRow(tx, run))) return false
        const detail = { run: run.id, digest, replaces }
        await record(tx, { actor: by, action: 'models.record-training-run', subject: model, detail })
        return true
      })
      await reload()
      tell(model)
      return { run: kept.find((one) => one.digest === digest) ?? run, isNew }
    },

    /** With notes on people who were deleted from its data. */
    async lineage(model: string, caller: Reader): Promise<ModelLineage> {
      const { data, ...lineage } = lineageOf(model, groundFor(caller))
      const notes: string[] = []
      for (const one of data)
        if (one.kind === 'version' && (await deps.isErased(one)))
          notes.push(
            `Somebody was deleted from ${one.dataset} version ${one.version}. Weights that were trained before keep what they learned: train anew, or say why they may stay.`,
          )
      return { ...lineage, data, notes }
    },

    /** For approvals and gates: null for a model of which no run is recorded. From memory. */
    standingOf(model: string): LineageStanding | null {
      const { own, complete, missing } = lineageOf(model, groundFor())
      return own ? { complete, missing } : null
    },
  }
}

const isVersionOf = (one: TrainedOn, dataset: string): boolean => one.kind === 'version' && one.dataset === dataset

const refused = (field: string, message: string, remedy: string): Failure =>
  new Failure('invalid', 'models.training-run-invalid', `${field}: ${message}. ${remedy}`, {
    problems: [{ field, message, remedy }],
  })

/** A key of one application learns nothing of datasets of the others. */
function shownTo(run: TrainingRun, caller: Reader | undefined): TrainingRun {
  const own = caller?.application ?? null
  if (own === null) return run
  return {
    ...run,
    datasets: run.datasets.map((one) =>
      one.kind === 'elsewhere' || one.application === null || one.application === own
        ? one
        : { kind: 'elsewhere', name: 'a dataset of another application', ...HIDDEN, digest: one.digest },
    ),
  }
}
const HIDDEN = { licence: 'said there', source: 'this installation' } as const
