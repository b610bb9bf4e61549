/** Modules as they are read, and what an attempt at their questions becomes: a record, passed or not. */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import { DAY, later } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import type { Caller } from '../../wire/caller.ts'
import { hasPassed, type Learned } from './completion.ts'
import { mark, type ServedModule, type TrainingModule, withoutAnswers } from './module.ts'
import type { TrainingPolicy } from './policy.ts'
import { PASSING_SCORE, type TrainingRecord } from './record.ts'
import { listTrainingRecords, saveTrainingRecord } from './store.ts'
import type { TrainingDeps } from './training-deps.ts'

type Deps = Pick<TrainingDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish' | 'pack'> & {
  readonly policyNow: () => Promise<TrainingPolicy>
  readonly learnedNow: () => Promise<Learned>
  readonly recount: (by: ActorId) => Promise<void>
}

/** Whoever fails more often than that reads it again first. */
const MOST_ATTEMPTS_A_DAY = 5
const MOST_RECORDS = 1000

export function createQuiz({ pack, ...deps }: Deps) {
  const { db, clock, newId, organisation } = deps

  function moduleOf(id: string): TrainingModule {
    const found = pack.modules.find((one) => one.id === id)
    if (found) return found
    const there = pack.modules.map((one) => one.id).join(', ')
    throw new Failure('unknown', 'governance.module-unknown', `There is no module ${id}; there are ${there}.`)
  }

  return {
    async modules(person: string): Promise<(ServedModule & { isPassed: boolean })[]> {
      const learned = await deps.learnedNow()
      return pack.modules.map((one) => ({ ...withoutAnswers(one), isPassed: hasPassed(person, one.id, learned) }))
    },

    /** Throws `governance.quiz-again-later` after too many attempts of a day. */
    async takeQuiz({ id, answers, by }: { id: string; answers: Readonly<Record<string, number>>; by: Caller }) {
      const module = moduleOf(id)
      const now = clock()
      const records = await listTrainingRecords(db, { organisation, person: by.name, limit: MOST_RECORDS })
      const tried = records.filter(
        (one) => one.module === module.title && one.source === 'quiz' && one.completedAt > later(now, -DAY),
      )
      if (tried.length >= MOST_ATTEMPTS_A_DAY)
        throw new Failure(
          'limited',
          'governance.quiz-again-later',
          `${by.name} tried ${tried.length} times within a day. Read ${module.title} again and try tomorrow.`,
        )
      const { score, marked } = mark(module, answers)
      const { paths } = await deps.policyNow()
      const days = paths.find(({ modules }) => modules.some((one) => one.id === id))?.validDays
      const made: TrainingRecord = {
        id: newId('trn'),
        organisation,
        person: by.name,
        module: module.title,
        score,
        completedAt: now,
        expiresAt: days === undefined ? null : later(now, days * DAY),
        source: 'quiz',
        version: module.version,
        example: false,
        importedAt: now,
        importedBy: by.actor,
      }
      await inTransaction(db, async (tx) => {
        await saveTrainingRecord(tx, made)
        const entry = { actor: by.actor, action: 'governance.take-quiz', subject: made.id, detail: { id, score } }
        await deps.record(tx, entry)
      })
      deps.publish({ topic: 'training', id: made.id, application: null })
      await deps.recount(by.actor)
      return { score, isPassed: score >= PASSING_SCORE, marked, record: made }
    },
  }
}
