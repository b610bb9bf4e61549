/**
 * The watch over models in use: once a day their providers' lists are read and each is asked the same questions.
 *
 * Invariant: a change is never taken back in silence. It raises the model's revision, on which evidence depends, opens
 * a task, and only then becomes what later probes are held to.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Fingerprint } from '../../core/fingerprint.ts'
import type { Manifest, Part } from '../../core/manifest.ts'
import { digestOf, hash64 } from '../../kernel/digest.ts'
import { Failure, messageOf } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { seededRandom } from '../../kernel/random.ts'
import { type Clock, DAY, HOUR, later, MINUTE } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import type { JobRun, Jobs } from '../../store/jobs.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { type Remember, readOnly } from '../../store/remember.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { Cards } from '../cards/index.ts'
import type { CompletionDelta, CompletionRequest } from '../completion.ts'
import { askProbe, type Probed } from './ask-probe.ts'
import type { ModelProbe, ModelTask, TaskId } from './contract.ts'
import { findTasks, type InUse, type NewTask } from './find-tasks.ts'
import { asProbed, isFingerprint, judgeFingerprint, watchedIn } from './fingerprint.ts'
import { judgeProbe } from './judge-probe.ts'
import { digestOfSet, ProbeSet } from './probe-set.ts'
import { addProbe, addTask, closeTask, findReference, listNewestProbes, listProbeRows, listTaskRows } from './store.ts'

export type WatchDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly remember?: Remember
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue'>
  readonly report: (thrown: unknown, where?: string) => void
  /** Whom the audit log names for what happens by itself. */
  readonly systemActor: () => ActorId
  /** The parsed content of `packs/sentinel/core.json`. */
  readonly probeSet: unknown
  /** False: lists are read and models are not asked. */
  readonly probes: boolean
  readonly cards: Pick<Cards, 'readLists' | 'fieldsOf'>
  readonly stream: (request: CompletionRequest) => AsyncIterable<CompletionDelta>
  /** What the fingerprint of a live index or a tool is now. Throws when it cannot be read. */
  readonly readFingerprint: (from: Fingerprint, signal: AbortSignal) => Promise<string>
  /** Hosted models, and indexes that are not frozen, of releases that are live. */
  readonly inUse: () => readonly InUse[]
}

export const WATCH_MODELS = 'models.watch'
const MODEL_BEHAVIOUR = 'model-behaviour'
/** A failed answer to a change is wanted within two weeks, as the triage of failing cases is. */
const TASK_DAYS = 14
const FIRST_LOOK_MS = MINUTE

export type ModelWatch = Awaited<ReturnType<typeof createWatch>>

/** Registers the job handler, so it is called before `jobs.start()`. */
export async function createWatch(deps: WatchDeps) {
  const { db, clock, newId, organisation, record, publish, jobs, remember = readOnly } = deps
  const set = ProbeSet.parse(deps.probeSet)
  const setDigest = digestOfSet(set)
  let newest = new Map<string, ModelProbe>()
  let tasks: ModelTask[] = []
  await reload()

  async function reload(): Promise<void> {
    const probes = await remember('model-probes', () => listNewestProbes(db, organisation))
    newest = new Map(probes.map((probe) => [probe.model, probe]))
    tasks = await remember('model-tasks', () => listTaskRows(db, organisation))
  }
  const tell = (model: string) => {
    publish({ topic: 'model-watch', id: model, application: null })
    publish({ topic: 'gate', id: model, application: null })
  }
  const revisionOf = (model: string): number => newest.get(model)?.revision ?? 0

  async function open(tx: Tx, found: NewTask): Promise<void> {
    const task: ModelTask = {
      ...found,
      id: newId('mtk'),
      organisation,
      state: 'open',
      openedAt: clock(),
      closedBy: null,
      closedAt: null,
      resolution: null,
    }
    if (!(await addTask(tx, task))) return
    const { title, deadline, applications } = task
    await record(tx, {
      actor: deps.systemActor(),
      action: 'models.open-task',
      subject: task.model,
      detail: { task: task.id, title, deadline, applications },
    })
  }

  /** Asks, compares with the probe that it is held to, and keeps what came of it. */
  async function probe({ model, applications, fingerprint }: InUse, signal: AbortSignal): Promise<ModelProbe> {
    const asking = fingerprint
      ? deps.readFingerprint(fingerprint, signal).then(asProbed)
      : askProbe(deps.stream, { model, set, signal })
    const asked = await asking.catch((thrown: unknown) => {
      signal.throwIfAborted()
      return messageOf(thrown)
    })
    const id = newId('mpr')
    const base = { id, organisation, model, at: clock(), probeSet: setDigest }
    const made: ModelProbe =
      typeof asked === 'string'
        ? {
            ...base,
            answers: [],
            responseModels: [],
            fingerprints: [],
            verdict: null,
            failure: asked,
            costMicroUsd: null,
            revision: revisionOf(model),
            isReference: false,
          }
        : await judged(base, asked)
    await inTransaction(db, async (tx) => {
      await addProbe(tx, made)
      if (made.verdict?.kind === 'changed')
        await open(tx, {
          model,
          applications: [...applications],
          kind: 'answers-changed',
          key: `${model} changed ${id}`,
          title: `${model} has changed`,
          detail: `${made.verdict.why} Evidence on it is stale: measure again.`,
          deadline: later(made.at, TASK_DAYS * DAY),
        })
    })
    return made
  }

  async function judged(
    base: Pick<ModelProbe, 'id' | 'organisation' | 'model' | 'at' | 'probeSet'>,
    { costMicroUsd, ...observed }: Probed,
  ): Promise<ModelProbe> {
    const reference = await findReference(db, base)
    const verdict = isFingerprint(observed)
      ? judgeFingerprint(reference, observed)
      : judgeProbe(reference, observed, seededRandom(Number(hash64(base.id) & 0xffffffffn)))
    const isReference = verdict.kind === 'first' || verdict.kind === 'changed'
    const revision = revisionOf(base.model) + (verdict.kind === 'changed' ? 1 : 0)
    return {
      ...base,
      ...observed,
      answers: [...observed.answers],
      responseModels: [...observed.responseModels],
      fingerprints: [...observed.fingerprints],
      verdict,
      failure: null,
      costMicroUsd,
      revision,
      isReference,
    }
  }

  jobs.handle(WATCH_MODELS, async ({ job, signal, progress, step }: JobRun) => {
    const only = typeof job.input.model === 'string' ? job.input.model : undefined
    const used = deps.inUse()
    if (only === undefined)
      await step('lists', async () => {
        const readings = await deps.cards.readLists(undefined, signal)
        const found = findTasks({ inUse: used, fieldsOf: deps.cards.fieldsOf, changes: readings, now: clock() })
        await inTransaction(db, async (tx) => {
          for (const task of found) await open(tx, task)
        })
        return found.length
      })
    const asked =
      only === undefined
        ? deps.probes
          ? used
          : []
        : [used.find(({ model }) => model === only) ?? { model: only, applications: [] }]
    const verdicts: Record<string, string> = {}
    for (const [at, one] of asked.entries()) {
      await progress(at, asked.length, `asking ${one.model}`)
      verdicts[one.model] = await step(`probe ${one.model}`, async () => {
        const made = await probe(one, signal)
        await reload()
        tell(one.model)
        return made.verdict?.kind ?? 'failed'
      })
    }
    await reload()
    tell('all')
    return { verdicts }
  })

  const enqueue = (key: string, input: Record<string, unknown>) =>
    inTransaction(db, (tx) => jobs.enqueue(tx, { organisation, kind: WATCH_MODELS, key, input }))
  /** One a day, whichever process asks first. */
  const look = () => void enqueue(clock().slice(0, 10), {}).catch((thrown) => deps.report(thrown, 'model watch'))
  let timers: NodeJS.Timeout[] = []

  return {
    reload,
    start(): void {
      timers = [setTimeout(look, FIRST_LOOK_MS), setInterval(look, HOUR)]
      for (const timer of timers) timer.unref()
    },
    stop(): void {
      for (const timer of timers) clearTimeout(timer)
    },

    newestOf: (model: string): ModelProbe | undefined => newest.get(model),
    openTasksOf: (model: string): ModelTask[] => tasks.filter((task) => task.model === model && task.state === 'open'),
    /** Milliseconds to the first piece of text, of the newest probe. */
    firstTokensOf: (model: string): number[] =>
      newest.get(model)?.answers.flatMap(({ firstTokenMs }) => firstTokenMs ?? []) ?? [],

    /** What evidence on answers of a release depends on beside its parts; none where no model is hosted. From memory. */
    partOf(manifest: Manifest): Part[] {
      const models = watchedIn(manifest)
      if (models.length === 0) return []
      const digest = digestOf(models.map((model) => ({ model, revision: revisionOf(model) })))
      return [{ kind: 'document', name: MODEL_BEHAVIOUR, digest }]
    },

    probes: (filter: { model?: string | undefined; cursor?: ModelProbe['id'] | undefined; limit: number }) =>
      listProbeRows(db, { ...filter, organisation }),

    /** The nearest deadline first. */
    tasks: (state?: ModelTask['state']): ModelTask[] =>
      tasks
        .filter((task) => state === undefined || task.state === state)
        .sort((one, other) => (one.deadline ?? '9').localeCompare(other.deadline ?? '9')),

    async close(id: TaskId, resolution: string, by: ActorId): Promise<ModelTask> {
      if (!tasks.some((task) => task.id === id))
        throw new Failure('unknown', 'models.task-unknown', `There is no task ${id}.`)
      const closed = await inTransaction(db, async (tx) => {
        const row = await closeTask(tx, id, { closedBy: by, closedAt: clock(), resolution })
        if (!row) throw new Failure('conflict', 'models.task-closed', 'This was done already.')
        await record(tx, {
          actor: by,
          action: 'models.close-task',
          subject: row.model,
          detail: { task: id, resolution },
        })
        return row
      })
      await reload()
      tell(closed.model)
      return closed
    },

    /** Throws `models.unknown-model` by way of the caller's check. */
    look: async (model: string | undefined) => ({
      job: (await enqueue(newId('mpr'), model === undefined ? {} : { model })).id,
    }),
  }
}
