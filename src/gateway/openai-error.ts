/** Failures as OpenAI clients read them: `{error: {message, type, code, param}}`, our stable code in `code`. */
import { Failure, messageOf } from '../kernel/failure.ts'
import { STATUS } from '../wire/problem.ts'

export type OpenAiError = {
  readonly status: number
  readonly code: string
  /** Whole seconds, when waiting helps. */
  readonly retryAfter: number | undefined
  readonly body: string
}

/** `report` is told of what is no `Failure`: a bug, which the client sees as a 500 without its detail. */
export function openAiError(thrown: unknown, report: (thrown: unknown) => void): OpenAiError {
  const failure = failureOf(thrown, report)
  const status = statusOf(failure)
  const { retryAfterMs } = failure.facts
  return {
    status,
    code: failure.code,
    retryAfter: typeof retryAfterMs === 'number' ? Math.ceil(retryAfterMs / 1000) : undefined,
    body: JSON.stringify({
      error: {
        message: failure.message,
        type: TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error'),
        code: failure.code,
        param: failure.problems[0]?.field ?? null,
      },
    }),
  }
}

const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
}

function failureOf(thrown: unknown, report: (thrown: unknown) => void): Failure {
  if (thrown instanceof Failure) return thrown
  report(thrown)
  return new Failure(
    'unavailable',
    'gateway.broken',
    'Something broke on our side. Try again; the server log has the cause.',
    { facts: { status: 500, cause: messageOf(thrown) } },
  )
}

/** A model that fails is a bad gateway, one that is too slow a gateway time-out; the rest as everywhere. */
function statusOf({ kind, code, facts }: Failure): number {
  if (typeof facts.status === 'number') return facts.status
  if (code === 'gateway.deadline' || code === 'models.upstream-timeout') return 504
  if (kind === 'unavailable' && (code.startsWith('models.') || code.startsWith('flows.'))) return 502
  return STATUS[kind]
}
