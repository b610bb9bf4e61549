/** SQL of maturity: each self-assessment, never changed. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { MaturityAssessment, type QuestionnaireId } from './maturity.ts'

export const own = tablesOf({ maturityAssessments: MaturityAssessment })

export async function addAssessment(tx: Tx, assessment: MaturityAssessment): Promise<void> {
  await own(tx)
    .insertInto('maturityAssessments')
    .values({ ...assessment, answers: json(assessment.answers) })
    .execute()
}

/** The newest first. */
export const listAssessments = (
  db: Database | Tx,
  { organisation, questionnaire, limit }: { organisation: string; questionnaire: QuestionnaireId; limit: number },
): Promise<MaturityAssessment[]> =>
  own(db)
    .selectFrom('maturityAssessments')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('questionnaire', '=', questionnaire)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
