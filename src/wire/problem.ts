/** Failures as RFC 9457 problem details: the one map from kinds to HTTP. */
import { z } from 'zod'
import { Failure, type FailureKind } from '../kernel/failure.ts'

export const ProblemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** Stable, `slice.what-happened`. */
  code: z.string(),
  /** What happened and what to do. */
  detail: z.string(),
  problems: z
    .array(
      z.object({
        field: z.string(),
        message: z.string(),
        remedy: z.string().optional(),
        file: z.string().optional(),
        line: z.number().optional(),
      }),
    )
    .optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
})
export type ProblemDetails = z.infer<typeof ProblemDetails>

export const STATUS: Readonly<Record<FailureKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  unknown: 404,
  conflict: 409,
  outdated: 412,
  'too-large': 413,
  limited: 429,
  // Failed Dependency: official clients of OpenAI and Anthropic try 408, 409, 429 and 5xx again, and this would not help.
  unmet: 424,
  unavailable: 503,
}

const TITLES: Readonly<Record<FailureKind, string>> = {
  invalid: 'The request is not valid',
  unauthenticated: 'Who is asking is not known',
  forbidden: 'This is not allowed',
  unknown: 'There is no such thing',
  conflict: 'This contradicts what is there',
  outdated: 'It has changed since it was read',
  'too-large': 'The request is too large',
  limited: 'A limit is reached',
  unmet: 'Something that this needs is not set up',
  unavailable: 'This does not work at the moment',
}

/** The problem document of anything that was thrown; what is no `Failure` stays hidden behind a 500. */
export function problemOf(thrown: unknown): ProblemDetails {
  if (!(thrown instanceof Failure))
    return {
      type: 'about:blank',
      title: 'Something broke on our side',
      status: 500,
      code: 'wire.broken',
      detail: 'Nothing was changed by this request. The server log has the cause; please report it.',
    }
  return {
    type: 'about:blank',
    title: TITLES[thrown.kind],
    status: STATUS[thrown.kind],
    code: thrown.code,
    detail: thrown.message,
    ...(thrown.problems.length > 0 && { problems: thrown.problems.map((problem) => ({ ...problem })) }),
    ...(Object.keys(thrown.facts).length > 0 && { facts: { ...thrown.facts } }),
  }
}

/** A failure from what a schema refused, every problem with its path; what is wrong with a whole body has the field `body`. */
export function invalid(code: string, error: z.ZodError, where: string): Failure {
  const fieldOf = (path: readonly PropertyKey[]): string =>
    [where, ...path.map(String)].filter(Boolean).join('.') || 'body'
  const problems = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          field: fieldOf([...issue.path, key]),
          message: 'There is no such field here. Correct the name or leave it out',
        }))
      : [{ field: fieldOf(issue.path), message: issue.message }],
  )
  const first = problems[0]
  return new Failure(
    'invalid',
    code,
    `${first?.field ?? where}: ${first?.message ?? 'is not valid'}${problems.length > 1 ? `, and ${problems.length - 1} more` : ''}.`,
    { problems },
  )
}
