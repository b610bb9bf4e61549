/**
 * Studies of whose answers people prefer. Queues, choices, agreement and decisions are those of annotation; a study
 * knows which answer is whose.
 *
 * Invariant: as long as a choice can be made, nothing says whose answer is whose and who is ahead: pairs are read where
 * the queue is closed and nowhere else.
 */
import type { z } from 'zod'
import type { ActorId } from '../../core/actor.ts'
import { hash64 } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { NewId } from '../../kernel/ids.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { page } from '../../wire/route.ts'
import { type Annotation, PAIR_CHOICES } from '../annotation/index.ts'
import type { EvalsDeps, RecordEvidence } from '../deps.ts'
import type { Experiment, ExperimentRow } from '../experiment.ts'
import { readArm } from './arm.ts'
import type { createStudy, StudyView } from './contract.ts'
import { draftPreferences } from './evidence.ts'
import { planStudy } from './plan.ts'
import { resultsOf } from './results.ts'
import { addStudy, findStudy, keepResults, listPairs, listStudies } from './store.ts'
import type { Study, StudyArm, StudyId, StudyPlan } from './study.ts'

export type StudiesDeps = Pick<EvalsDeps, 'releaseOf'> & {
  readonly db: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly organisation: string
  readonly record: RecordAudit
  readonly recordEvidence: RecordEvidence
  readonly annotation: Annotation
  readonly getExperiment: (id: Experiment['id']) => Promise<Experiment>
  /** Rows of one arm that may be shown. */
  readonly rowsOf: (ask: { id: Experiment['id']; arm: string }) => Promise<ExperimentRow[]>
}

export type NewStudy = z.output<typeof createStudy.body> & { readonly by: ActorId }
export type StudyOutcome = { kind: 'plan'; plan: StudyPlan } | { kind: 'begun'; study: Study }

export type Studies = ReturnType<typeof createStudies>

export function createStudies(deps: StudiesDeps) {
  const { db, clock, newId, organisation, record, annotation } = deps

  async function get(id: StudyId): Promise<Study> {
    const study = await findStudy(db, id)
    if (study) return study
    throw new Failure('unknown', 'evals.study-unknown', `There is no study ${id}.`)
  }
  async function view(study: Study): Promise<StudyView> {
    const { progress, agreement } = await annotation.view(study.queue)
    return { ...study, progress, agreement }
  }
  /** Throws `evals.study-invalid` where the arms cannot be held against each other. */
  async function armsOf(ids: readonly StudyArm['id'][]): Promise<{ arms: StudyArm[]; base: Experiment }> {
    if (new Set(ids).size < ids.length) throw invalid('An arm is named twice. Name each once.')
    const found = await Promise.all(ids.map((id) => readArm(id, deps.getExperiment)))
    const [base] = found.map(({ experiment }) => experiment)
    if (!base) throw invalid('Name at least two arms.')
    for (const { arm, experiment } of found) {
      if (experiment.application !== base.application)
        throw invalid(`${arm.id} is of ${experiment.application}, not of ${base.application}.`)
      if (experiment.dataset !== base.dataset)
        throw invalid(`${arm.id} answered ${experiment.dataset}, not ${base.dataset}: other questions make no pairs.`)
    }
    return { arms: found.map(({ arm }) => arm), base }
  }

  return {
    get,
    /** The application that the arms belong to. */
    applicationOf: async (ids: readonly StudyArm['id'][]): Promise<string> => (await armsOf(ids)).base.application,
    view: async (id: StudyId): Promise<StudyView> => view(await get(id)),
    async list(ask: { application?: string | undefined; cursor?: string | undefined; limit: number }) {
      const found = await listStudies(db, { ...ask, organisation, limit: ask.limit + 1 })
      const { items, next } = page(found, ask.limit, ({ id }) => id)
      const seen = await Promise.all(
        items.map(async (study) => ({ ...study, progress: await annotation.progress(study.queue) })),
      )
      return { items: seen, next }
    },
    async create(ask: NewStudy): Promise<StudyOutcome> {
      const { arms, base } = await armsOf(ask.arms)
      if (ask.reviewers.length === 1 && ask.doubleShare > 0)
        throw invalid('One person cannot see a pair twice. Name a second one in `reviewers`, or set doubleShare to 0.')
      const rows = await Promise.all(
        arms.map(async ({ id, experiment }) => {
          const all = await deps.rowsOf({ id: experiment, arm: armName(id) })
          return [id, all.filter(({ repeat }) => repeat === 1)] as const
        }),
      )
      const id = newId('stu') as StudyId
      const { plan, pairs } = planStudy({
        ...ask,
        arms: ask.arms,
        rowsOf: new Map(rows),
        random: seededRandom(Number(hash64(ask.dryRun ? base.id : id) & 0xffff_ffffn)),
      })
      if (ask.dryRun) return { kind: 'plan', plan }
      if (plan.pairs === 0)
        throw invalid(
          plan.same > 0
            ? `All ${plan.same} pairs of answers are the same: there is nothing to choose.`
            : 'No case was answered by every arm, so that there is nothing to choose.',
        )
      const part = (await deps.releaseOf(base.release)).manifest.datasets.find(({ name }) => name === base.dataset)
      if (!part) throw new Error(`The release of ${base.id} has lost its dataset, though it was measured with it.`)
      const { study, told } = await inTransaction(db, async (tx) => {
        const opened = await annotation.open(tx, {
          application: base.application,
          name: ask.name,
          kind: 'pairs',
          data: base.dataset,
          guidelines: ask.guidelines,
          choices: PAIR_CHOICES,
          isOrdered: false,
          labelsPerItem: ask.doubleShare > 0 ? 2 : 1,
          annotators: ask.reviewers,
          feeds: 'none',
          datasets: [base.dataset],
          contents: pairs.flatMap(({ content }) => content ?? []),
          by: ask.by,
        })
        const begun: Study = {
          id,
          organisation,
          application: base.application,
          name: ask.name,
          queue: opened.queue.id,
          dataset: { name: part.name, digest: part.digest },
          arms,
          margin: ask.margin,
          plan,
          results: null,
          createdAt: clock(),
          createdBy: ask.by,
          closedAt: null,
          closedBy: null,
        }
        // Pairs that are shown come first, in the order of the queue.
        const kept = pairs.map(({ content: _, ...pair }, at) => ({
          ...pair,
          study: id,
          number: at + 1,
          item: opened.items[at]?.id ?? null,
        }))
        await addStudy(tx, begun, kept)
        await record(tx, {
          actor: ask.by,
          action: 'evals.create-study',
          subject: id,
          application: base.application,
          detail: { arms: ask.arms, pairs: plan.pairs },
        })
        return { study: begun, told: opened.told }
      })
      told()
      return { kind: 'begun', study }
    },
    async close({ id, by }: { id: StudyId; by: ActorId }): Promise<StudyView> {
      const study = await get(id)
      if (study.closedAt !== null) return view(study)
      const queue = await annotation.get(study.queue)
      // First nobody can choose any more, then it is said what was chosen.
      if (queue.state === 'open') await inTransaction(db, (tx) => annotation.shut(tx, queue, by))
      const items = new Map((await annotation.labelled(queue.id)).items.map((item) => [item.id, item]))
      const pairs = (await listPairs(db, id)).map((pair) => {
        const item = pair.item === null ? undefined : items.get(pair.item)
        return { ...pair, labels: item?.labels ?? [], adjudicated: item?.adjudicated?.value ?? null }
      })
      const results = resultsOf(study, pairs)
      const { agreement } = await annotation.view(queue.id)
      await inTransaction(db, async (tx) => {
        if (!(await keepResults(tx, id, { results, at: clock(), by }))) return
        const action = 'evals.close-study'
        await record(tx, { actor: by, action, subject: id, application: study.application })
        for (const draft of draftPreferences({ ...study, results }, agreement, by)) await deps.recordEvidence(tx, draft)
      })
      annotation.tell(queue)
      return view(await get(id))
    },
  }
}

const armName = (id: StudyArm['id']): string => id.slice(id.indexOf(':') + 1)

const invalid = (message: string) => new Failure('invalid', 'evals.study-invalid', message)
