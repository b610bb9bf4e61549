/** Parameters of a model that it does not understand: said at the freeze, not found out in an answer. */
import type { z } from 'zod'
import { Failure } from '../kernel/failure.ts'

export const invalidParameters = (model: string, error: z.ZodError): Failure => {
  const problems = error.issues.map((issue) => ({
    field: ['parameters', ...issue.path.map(String)].join('.'),
    message: issue.message,
  }))
  return new Failure(
    'invalid',
    'models.parameter-invalid',
    `${model} does not take these parameters: ${problems.map(({ field, message }) => `${field}: ${message}`).join('; ')}.`,
    { problems },
  )
}
