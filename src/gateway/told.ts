/** Failures as clients are told of them, in whichever dialect: status, our stable code, a sentence, the field. */
import type { Told } from '../dialects/index.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { STATUS } from '../wire/problem.ts'

export type ToldFailure = Told & {
  /** Whole seconds, when waiting helps. */
  readonly retryAfter: number | undefined
}

/** `report` is told of what is no `Failure`: a bug, which the client sees as a 500 without its detail. */
export function toldOf(thrown: unknown, report: (thrown: unknown) => void): ToldFailure {
  const failure = failureOf(thrown, report)
  const { retryAfterMs } = failure.facts
  return {
    status: statusOf(failure),
    code: failure.code,
    message: failure.message,
    field: failure.problems[0]?.field ?? null,
    retryAfter: typeof retryAfterMs === 'number' ? Math.ceil(retryAfterMs / 1000) : undefined,
  }
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
