/** What a run of a flow has so far. Each step reads it and adds to it. */
import type { Turn } from '../core/conversation.ts'
import type { Manifest } from '../core/manifest.ts'
import type { ToolPart } from '../core/tool.ts'
import type { Charge, Usage } from '../core/usage.ts'
import { Failure } from '../kernel/failure.ts'
import { type MicroUsd, NOTHING } from '../kernel/money.ts'
import type { Instant } from '../kernel/time.ts'
import type { Completion, ExchangeTurn, FinishReason } from '../models/index.ts'
import type { FallingBack } from './falling-back.ts'
import type { RetrievedPassage, StepRecord, ToolUse } from './flow-result.ts'
import type { ToolGuards } from './guarding-tools.ts'

/** What an attacker has put where a release reads; for attacks on it. */
export type Planted = {
  /** The text of a passage that is found before all others. */
  readonly passage?: string | undefined
  /** Stands behind what each tool gives. */
  readonly toolResult?: string | undefined
}

/** Keeps a call of a tool that waits for a person; throws where nobody could decide on it. */
export type HoldCall = (call: {
  readonly tool: Pick<ToolPart, 'name' | 'digest'>
  /** JSON. */
  readonly arguments: string
}) => Promise<{ readonly id: string; readonly until: Instant }>

export type Run = {
  readonly manifest: Manifest
  readonly turns: readonly Turn[]
  readonly signal: AbortSignal
  /** What followed the last turn of the user, where the caller made the calls. */
  readonly exchange: readonly ExchangeTurn[]
  /** Told when a guardrail has taken something out of it. */
  readonly onGuarded: () => void
  /** Whether tools that change something may be called; not in a rehearsal. */
  readonly mayWrite: boolean
  /** Keeps a call for an overseer; undefined where there is nobody to keep it for. */
  readonly holdCall: HoldCall | undefined
  readonly toolGuards: ToolGuards
  /** What was said that goes into the records: what was asked alone, where guardrails have yet to look at the answer. */
  readonly content: 'all' | 'asked' | 'none'
  /** Undefined where only the models that are meant may answer. */
  readonly fallingBack: FallingBack | undefined
  /** What the request is for, as it names it; routes may hang on it. */
  readonly task: string | undefined
  /** Undefined but in an attack. */
  readonly planted: Planted | undefined
  /** Keeps the record of a model that failed before another was asked. */
  readonly keep: (attempt: StepRecord) => void
  /** Set for the step whose text goes to the client as it comes. */
  onText: ((text: string) => void) | undefined
  passages: RetrievedPassage[]
  /** Ids of all that were found, deeper than what the following steps get. */
  ranking: string[]
  hasRetrieved: boolean
  answer: { text: string; finishReason: FinishReason; servedBy: string; citations: readonly string[] } | null
  abstained: boolean
  /** Every call that a model wanted; undefined where no step offered any. */
  toolCalls: ToolUse[] | undefined
  /** The answer waits for what whoever asked does with its calls. */
  isWaiting: boolean
  /** The fallbacks that answered a step, each once for each step. */
  fallbacks: string[]
  usage: Usage
  charges: Charge[]
  /** Null once a step had no known price. */
  costMicroUsd: readonly MicroUsd[] | null
}

type Added = Pick<Completion, 'usage' | 'costMicroUsd' | 'charge'>

/** What an answer of a model used and cost. */
export function add(run: Run, { usage, costMicroUsd, charge }: Added): void {
  if (charge) run.charges.push(charge)
  run.usage = sumUsage(run.usage, usage)
  run.costMicroUsd = costMicroUsd === null || run.costMicroUsd === null ? null : [...run.costMicroUsd, costMicroUsd]
}

export function sumUsage(one: Usage, other: Usage): Usage {
  const sum = (field: 'cacheReadTokens' | 'cacheWriteTokens' | 'cacheWriteHourTokens' | 'reasoningTokens') =>
    one[field] === undefined && other[field] === undefined ? {} : { [field]: (one[field] ?? 0) + (other[field] ?? 0) }
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    estimated: one.estimated || other.estimated,
    ...sum('cacheReadTokens'),
    ...sum('cacheWriteTokens'),
    ...sum('cacheWriteHourTokens'),
    ...sum('reasoningTokens'),
  }
}

export function named<Part extends { readonly name: string }>(
  what: string,
  parts: readonly Part[],
  name: string,
): Part {
  const part = parts.find((one) => one.name === name)
  if (part) return part
  throw new Failure(
    'invalid',
    `flows.${what}-missing`,
    `The release has no ${what} ${name}. It has ${parts.map((one) => one.name).join(', ') || 'none'}.`,
  )
}

type Start = Pick<
  Run,
  | 'manifest'
  | 'turns'
  | 'signal'
  | 'exchange'
  | 'onGuarded'
  | 'mayWrite'
  | 'holdCall'
  | 'toolGuards'
  | 'content'
  | 'fallingBack'
  | 'task'
  | 'planted'
  | 'keep'
>

export const newRun = (start: Start): Run => ({
  ...start,
  onText: undefined,
  passages: [],
  ranking: [],
  hasRetrieved: false,
  answer: null,
  abstained: false,
  toolCalls: undefined,
  isWaiting: false,
  usage: { inputTokens: 0, outputTokens: 0, estimated: false },
  charges: [],
  costMicroUsd: [NOTHING],
  fallbacks: [],
})
