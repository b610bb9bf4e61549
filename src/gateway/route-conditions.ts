/** Which targets of a route a request may go to, by what it is (`core/target-condition.ts`). */
import { turnsShown } from '../core/asked.ts'
import { languageOf } from '../core/language.ts'
import { groupsFor, type RequestFacts } from '../core/target-condition.ts'
import { Failure } from '../kernel/failure.ts'
import type { ModelRoute } from '../models/index.ts'
import type { ClientRequest } from './client-request.ts'

type Targets = ModelRoute['targets']

export type Fitting = {
  /** Asked first, and those after them, each in the order of the strategy. */
  readonly groups: readonly Targets[]
  /** For the trace; undefined when the route has no conditions. */
  readonly reason: string | undefined
}

export const factsOf = (
  chat: ClientRequest,
  bytes: number,
  metadata: Readonly<Record<string, string>>,
): RequestFacts => {
  let language: string | null | undefined
  return {
    task: metadata.task,
    inputTokens: Math.ceil(bytes / 4),
    language: () => {
      if (language === undefined) language = languageOf(newestUserText(chat))
      return language
    },
  }
}

/** Throws `gateway.no-target` when no target takes such a request. */
export function fittingTargets(route: string, targets: Targets, facts: RequestFacts): Fitting {
  const { fits, open, said } = groupsFor(targets, facts)
  if (said === undefined) return { groups: [targets], reason: undefined }
  if (fits.length === 0 && open.length === 0)
    throw new Failure(
      'invalid',
      'gateway.no-target',
      `No target of the route ${route} takes such a request (${said}). Name a task in airworthy-metadata, or give the route a target without a condition.`,
      { problems: [{ field: 'model', message: 'has no target for this request' }] },
    )
  return {
    groups: [[...fits], [...open]].filter((group) => group.length > 0),
    reason: `${said}: ${fits.length > 0 ? 'its condition holds' : 'no condition holds'}`,
  }
}

const newestUserText = ({ protocol, body }: ClientRequest): string =>
  turnsShown(protocol.messages(body)).findLast(({ role }) => role === 'user')?.content ?? ''
