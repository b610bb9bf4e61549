/**
 * Which targets of a route a request may go to, by what it is: its task, the length of its input, its language. Targets
 * whose conditions hold come before those without conditions; those whose conditions do not hold are not asked.
 */

import { turnsShown } from '../core/asked.ts'
import { Failure } from '../kernel/failure.ts'
import type { ModelRoute } from '../models/index.ts'
import type { ClientRequest } from './client-request.ts'
import { languageOf } from './language.ts'

type Targets = ModelRoute['targets']
type Condition = NonNullable<Targets[number]['when']>

export type Fitting = {
  /** Asked first, and those after them, each in the order of the strategy. */
  readonly groups: readonly Targets[]
  /** For the trace; undefined when the route has no conditions. */
  readonly reason: string | undefined
}

export type RequestFacts = {
  readonly task: string | undefined
  /** Bytes by four, which is what can be known without counting. */
  readonly inputTokens: number
  readonly language: () => string | null
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
  if (targets.every(({ when }) => when === undefined)) return { groups: [targets], reason: undefined }
  const fits = targets.filter(({ when }) => when !== undefined && holds(when, facts))
  const open = targets.filter(({ when }) => when === undefined)
  const said = sayFacts(targets, facts)
  if (fits.length === 0 && open.length === 0)
    throw new Failure(
      'invalid',
      'gateway.no-target',
      `No target of the route ${route} takes such a request (${said}). Name a task in airworthy-metadata, or give the route a target without a condition.`,
      { problems: [{ field: 'model', message: 'has no target for this request' }] },
    )
  return {
    groups: [fits, open].filter((group) => group.length > 0),
    reason: `${said}: ${fits.length > 0 ? 'its condition holds' : 'no condition holds'}`,
  }
}

function holds({ tasks, inputTokens, languages }: Condition, facts: RequestFacts): boolean {
  if (tasks && (facts.task === undefined || !tasks.includes(facts.task))) return false
  if (inputTokens?.atLeast !== undefined && facts.inputTokens < inputTokens.atLeast) return false
  if (inputTokens?.atMost !== undefined && facts.inputTokens > inputTokens.atMost) return false
  if (!languages) return true
  const language = facts.language()
  return language !== null && languages.includes(language)
}

/** Only what some target asks for: a language that nobody wants is not looked for. */
function sayFacts(targets: Targets, facts: RequestFacts): string {
  const asks = (name: keyof Condition) => targets.some(({ when }) => when?.[name] !== undefined)
  return [
    ...(asks('tasks') ? [`task ${facts.task ?? 'not named'}`] : []),
    ...(asks('inputTokens') ? [`about ${facts.inputTokens} tokens`] : []),
    ...(asks('languages') ? [`language ${facts.language() ?? 'not clear'}`] : []),
  ].join(', ')
}

const newestUserText = ({ protocol, body }: ClientRequest): string =>
  turnsShown(protocol.messages(body)).findLast(({ role }) => role === 'user')?.content ?? ''
