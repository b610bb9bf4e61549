/** Routes of maturity. */
import { z } from 'zod'
import { route } from '../../wire/route.ts'
import { Maturity, MaturityAnswers, QuestionnaireId } from './maturity.ts'

export const listMaturity = route({
  name: 'listMaturity',
  method: 'GET',
  path: '/api/v1/maturity',
  summary: 'Read the maturity in data and in AI: what people said beside what is measured, with the history',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ items: z.array(Maturity) }) },
})

export const assessMaturity = route({
  name: 'assessMaturity',
  method: 'POST',
  path: '/api/v1/maturity/:questionnaire/assessments',
  summary: 'Answer a questionnaire anew; what is measured cannot be answered, and earlier answers are kept',
  permission: 'attest',
  params: z.object({ questionnaire: QuestionnaireId }),
  body: z.strictObject({ answers: MaturityAnswers }),
  example: { answers: { 'sources-known': 1 } },
  returns: { 201: Maturity },
})

// The SDK names its types after what a contract exports.
export { Maturity }
