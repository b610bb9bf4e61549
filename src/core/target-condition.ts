/**
 * For which requests a target of a route is meant, by what is asked: its task, the length of its input, its language.
 * Pure. Targets whose conditions hold come before those without conditions; those whose conditions do not hold are not
 * asked.
 */
import { z } from 'zod'

/** How the order of the targets is found for each request. */
export const RouteStrategy = z.enum(['priority', 'weighted', 'least-load', 'latency', 'cost'])
export type RouteStrategy = z.infer<typeof RouteStrategy>

/** All that is said must hold. */
export const TargetCondition = z
  .strictObject({
    /** As the request names its task: `task` in its metadata or in `airworthy-metadata`. */
    tasks: z.array(z.string().min(1).max(200)).min(1).max(50).optional(),
    /** About how long the input is, in tokens (its bytes by four). */
    inputTokens: z
      .strictObject({ atLeast: z.number().int().min(0).optional(), atMost: z.number().int().min(0).optional() })
      .optional(),
    /** Of the newest words of the user, as ISO 639-1. */
    languages: z
      .array(z.string().regex(/^[a-z]{2}$/, 'a language has two letters, for example de'))
      .min(1)
      .max(50)
      .optional(),
  })
  .refine((condition) => Object.values(condition).some((one) => one !== undefined), 'say at least one condition')
export type TargetCondition = z.infer<typeof TargetCondition>

export type RequestFacts = {
  readonly task: string | undefined
  /** Bytes by four, which is what can be known without counting. */
  readonly inputTokens: number
  /** ISO 639-1; null when it is not clear. Asked only where a target has a condition of it. */
  readonly language: () => string | null
}

type Conditional = { readonly when?: TargetCondition | undefined }

export type FittingGroups<Target> = {
  /** Those whose condition holds, and those without a condition; asked in this order. */
  readonly fits: readonly Target[]
  readonly open: readonly Target[]
  /** What was looked at (`task faq, language de`); undefined when there are no conditions. */
  readonly said: string | undefined
}

export function groupsFor<Target extends Conditional>(
  targets: readonly Target[],
  facts: RequestFacts,
): FittingGroups<Target> {
  const open = targets.filter(({ when }) => when === undefined)
  if (open.length === targets.length) return { fits: [], open, said: undefined }
  const fits = targets.filter(({ when }) => when !== undefined && holds(when, facts))
  return { fits, open, said: sayFacts(targets, facts) }
}

/** `task faq or returns, at most 400 tokens, language de`. */
export function conditionInWords({ tasks, inputTokens, languages }: TargetCondition): string {
  return [
    ...(tasks ? [`task ${tasks.join(' or ')}`] : []),
    ...(inputTokens?.atLeast === undefined ? [] : [`at least ${inputTokens.atLeast} tokens`]),
    ...(inputTokens?.atMost === undefined ? [] : [`at most ${inputTokens.atMost} tokens`]),
    ...(languages ? [`language ${languages.join(' or ')}`] : []),
  ].join(', ')
}

function holds({ tasks, inputTokens, languages }: TargetCondition, facts: RequestFacts): boolean {
  if (tasks && (facts.task === undefined || !tasks.includes(facts.task))) return false
  if (inputTokens?.atLeast !== undefined && facts.inputTokens < inputTokens.atLeast) return false
  if (inputTokens?.atMost !== undefined && facts.inputTokens > inputTokens.atMost) return false
  if (!languages) return true
  const language = facts.language()
  return language !== null && languages.includes(language)
}

/** Only what some target asks for: a language that nobody wants is not looked for. */
function sayFacts(targets: readonly Conditional[], facts: RequestFacts): string {
  const asks = (name: keyof TargetCondition) => targets.some(({ when }) => when?.[name] !== undefined)
  return [
    ...(asks('tasks') ? [`task ${facts.task ?? 'not named'}`] : []),
    ...(asks('inputTokens') ? [`about ${facts.inputTokens} tokens`] : []),
    ...(asks('languages') ? [`language ${facts.language() ?? 'not clear'}`] : []),
  ].join(', ')
}
