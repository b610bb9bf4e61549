/**
 * Training: who learnt what, asked here or imported from wherever people are taught, held against the paths of their
 * group and the duties that they hold. Answers `train.builders` and `train.users`.
 *
 * Invariant: when a record or a named person changes, what those checks were answered with is said anew.
 */
import { type ActorId, Duties } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import { sayAnew } from '../recount.ts'
import { builderDraft, userDraft } from './answers.ts'
import { dutyGaps, groupStates, type Learned, stateOf } from './completion.ts'
import type { Training as Served } from './contract.ts'
import { learnersOf, type NamedLearner, namesIn } from './learner.ts'
import { trainingPlaces } from './personal.ts'
import type { TrainingPolicy } from './policy.ts'
import { createQuiz } from './quiz.ts'
import { readTrainingRecords } from './read-records.ts'
import { personKey, type TrainingRecord } from './record.ts'
import {
  addPolicy,
  listAllTrainingRecords,
  listLearners,
  listTrainingRecords,
  newestPolicy,
  replaceLearners,
  saveTrainingRecord,
} from './store.ts'
import type { TrainingDeps } from './training-deps.ts'

type ImportAsk = { readonly content: string; readonly by: ActorId; readonly example?: boolean }
type Documents = Application['documents']
export type Training = ReturnType<typeof createTraining>

export function createTraining(deps: TrainingDeps) {
  const { db, clock, newId, organisation, record, publish, pack } = deps

  const policyNow = async (): Promise<TrainingPolicy> => (await newestPolicy(db, organisation))?.policy ?? pack.policy
  const learnedNow = async (): Promise<Learned> => ({
    records: await listAllTrainingRecords(db, organisation),
    modules: pack.modules,
    now: clock(),
  })
  const namedNow = (application?: string) => listLearners(db, { organisation, application })

  async function importRecords({ content, by, example = false }: ImportAsk): Promise<{ imported: number }> {
    const rows = readTrainingRecords(content)
    const importedAt = clock()
    const common = { organisation, source: 'import' as const, version: null, example, importedAt, importedBy: by }
    await inTransaction(db, async (tx) => {
      for (const row of rows) await saveTrainingRecord(tx, { ...row, ...common, id: newId('trn') })
      await record(tx, {
        actor: by,
        action: 'governance.import-training-records',
        subject: 'training-records',
        detail: { records: rows.length, example },
      })
    })
    publish({ topic: 'training', id: 'training-records', application: null })
    await recount(by)
    return { imported: rows.length }
  }

  async function drafts(about: { application: string; by: ActorId }, documents: Documents, checks: readonly string[]) {
    const given = {
      documents,
      policy: await policyNow(),
      learned: await learnedNow(),
      named: await namedNow(about.application),
    }
    return [
      ...(checks.includes('train.builders') ? builderDraft(about, given) : []),
      ...(checks.includes('train.users') ? userDraft(about, given) : []),
    ]
  }

  /** Counts anew wherever the checks were answered before. */
  async function recount(by: ActorId, only?: string): Promise<void> {
    for (const { name, documents } of await deps.applications())
      if (only === undefined || only === name)
        await sayAnew(deps, await drafts({ application: name, by }, documents, CHECKS))
  }

  async function serve(application: string): Promise<Served> {
    const documents = await deps.documentsOf(application)
    const [policy, learned, named] = [await policyNow(), await learnedNow(), await namedNow(application)]
    const learners = learnersOf(namesIn(documents, named)).map((one) => stateOf(one, policy, learned))
    return {
      groups: groupStates(learners, policy),
      learners,
      gaps: dutyGaps(Duties.safeParse(documents.duties?.value).data ?? {}, policy, learned),
      onGap: policy.gaps,
    }
  }

  return {
    /** Takes all records or none. Throws `governance.training-records-invalid` with every problem. */
    importRecords,

    listRecords: ({
      person,
      after,
      limit,
    }: {
      person?: string | undefined
      after?: TrainingRecord['id'] | undefined
      limit: number
    }): Promise<TrainingRecord[]> => listTrainingRecords(db, { organisation, person, after, limit }),

    ...createQuiz({ ...deps, policyNow, learnedNow, recount }),

    policy: policyNow,

    async setPolicy(policy: TrainingPolicy, by: ActorId): Promise<TrainingPolicy> {
      const kept = { id: newId('tpl'), organisation, policy, createdAt: clock(), createdBy: by }
      await inTransaction(db, async (tx) => {
        await addPolicy(tx, kept)
        const detail = { gaps: policy.gaps }
        await record(tx, { actor: by, action: 'governance.training-policy', subject: kept.id, detail })
      })
      publish({ topic: 'training', id: kept.id, application: null })
      await recount(by)
      return policy
    },

    applicationTraining: serve,

    /** People who are named as users of an application. */
    countUsers: async (application: string): Promise<number> =>
      (await namedNow(application)).filter(({ kind }) => kind === 'user').length,

    /** Over everybody who is named anywhere; a person of two applications counts once in a group. */
    async completion() {
      const [policy, learned, named] = [await policyNow(), await learnedNow(), await namedNow()]
      const all = []
      for (const { name, documents } of await deps.applications())
        all.push(
          ...learnersOf(
            namesIn(
              documents,
              named.filter((one) => one.application === name),
            ),
          ),
        )
      const once = [...new Map(all.map((one) => [`${one.group} ${personKey(one.person)}`, one])).values()]
      return groupStates(
        once.map((one) => stateOf(one, policy, learned)),
        policy,
      )
    },

    async setLearners({
      application,
      users,
      overseers,
      by,
    }: {
      application: string
      users: readonly string[]
      overseers: readonly string[]
      by: ActorId
    }): Promise<Served> {
      await deps.documentsOf(application)
      const named = (kind: NamedLearner['kind'], people: readonly string[]): NamedLearner[] =>
        [...new Map(people.map((person) => [personKey(person), person])).values()].map((person) => ({
          ...{ id: newId('lrn'), organisation, application, kind, person, createdAt: clock(), createdBy: by },
        }))
      const learners = [...named('user', users), ...named('overseer', overseers)]
      await inTransaction(db, async (tx) => {
        await replaceLearners(tx, { organisation, application, learners })
        const detail = { users: users.length, overseers: overseers.length }
        await record(tx, { actor: by, action: 'governance.name-learners', subject: application, application, detail })
      })
      publish({ topic: 'training', id: application, application })
      await recount(by, application)
      return serve(application)
    },

    /**
     * Throws `governance.duty-not-learnt` where the policy blocks and somebody is newly given a duty that they have not
     * learnt for. Who holds it already keeps it.
     */
    async demandLearnt({ duties, before }: { duties: Duties; before: Duties }): Promise<void> {
      const policy = await policyNow()
      if (policy.gaps !== 'block') return
      const gap = dutyGaps(duties, policy, await learnedNow()).find(
        ({ duty, person }) => personKey(before[duty] ?? '') !== personKey(person),
      )
      if (!gap) return
      throw new Failure(
        'conflict',
        'governance.duty-not-learnt',
        `${gap.person} has not learnt for the duty ${gap.duty}: ${gap.missing.join(', ')} is missing. Take it under Training, import a record, or give the duty to somebody who has.`,
      )
    },

    producer: {
      name: 'governance/training',
      checks: CHECKS,
      quote: async () => FREE,
      run: async ({ release, application, by, checks }) =>
        (await drafts({ application: release.application, by }, application.documents, checks)).map((draft) => ({
          ...draft,
          release: release.id,
        })),
    } satisfies Producer,

    /** The `training-records` importer of evidence: keeps the records, then answers. */
    async importer(
      content: string,
      { release, application, by, example = false }: ImportContext,
    ): Promise<EvidenceDraft[]> {
      await importRecords({ content, by, example })
      const said = await drafts({ application, by }, await deps.documentsOf(application), CHECKS)
      return said.map((draft) => ({ ...draft, release }))
    },

    personalPlaces: trainingPlaces(db, organisation),
  }
}

const CHECKS = ['train.builders', 'train.users']

type ImportContext = { release: ReleaseId; application: string; by: ActorId; example?: boolean }
