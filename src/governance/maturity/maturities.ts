/** Verbs of maturity: answer a questionnaire, and read what was said beside what is measured. */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import {
  type Maturity,
  type MaturityAnswers,
  type MaturityPack,
  type Measured,
  maturityOf,
  type QuestionnaireId,
} from './maturity.ts'
import { addAssessment, listAssessments } from './store.ts'

export type MaturitiesDeps = Pick<GovernanceDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'> & {
  readonly maturityPack: MaturityPack
  readonly measure: (measures: readonly string[]) => Promise<Measured>
}

/** Once a quarter, for 25 years. */
const MOST = 100

export type Maturities = ReturnType<typeof createMaturities>

export function createMaturities(deps: MaturitiesDeps) {
  const { db, clock, newId, organisation, maturityPack } = deps
  const { questionnaires, levels } = maturityPack

  async function list(): Promise<Maturity[]> {
    const asked = questionnaires.flatMap(({ areas }) => areas).flatMap(({ items }) => items)
    const measured = await deps.measure([...new Set(asked.flatMap(({ measure }) => measure ?? []))])
    return Promise.all(
      questionnaires.map(async (one) => {
        const history = await listAssessments(db, { organisation, questionnaire: one.id, limit: MOST })
        return maturityOf(one, { levels, history, measured })
      }),
    )
  }

  return {
    list,

    /** What is not answered anew stays as it was said last. */
    async assess({
      questionnaire,
      answers,
      by,
    }: {
      questionnaire: QuestionnaireId
      answers: MaturityAnswers
      by: ActorId
    }): Promise<Maturity> {
      const items = questionnaires.find(({ id }) => id === questionnaire)?.areas.flatMap((area) => area.items) ?? []
      const asked = items.filter(({ measure }) => measure === null)
      const unknown = Object.keys(answers).find((id) => !asked.some((item) => item.id === id))
      if (unknown !== undefined)
        throw new Failure(
          'invalid',
          'governance.maturity-unknown',
          `answers.${unknown}: ${items.some(({ id }) => id === unknown) ? 'this is measured and not typed' : 'there is no such question'}. Asked are ${asked.map(({ id }) => id).join(', ')}.`,
        )
      await inTransaction(db, async (tx) => {
        const [before] = await listAssessments(tx, { organisation, questionnaire, limit: 1 })
        await addAssessment(tx, {
          ...{ id: newId('mas'), organisation, questionnaire },
          answers: { ...before?.answers, ...answers },
          ...{ createdAt: clock(), createdBy: by },
        })
        await deps.record(tx, { actor: by, action: 'governance.maturity', subject: questionnaire, detail: { answers } })
      })
      deps.publish({ topic: 'maturity', id: questionnaire, application: null })
      const found = (await list()).find((one) => one.questionnaire === questionnaire)
      if (found) return found
      throw new Error(`There is no questionnaire ${questionnaire}.`)
    },
  }
}
