/** What the gateway knows of a dialect that clients speak; one file each. */
import type { Answer, Billed, Inbound } from '../../dialects/index.ts'
import type { ProviderCall } from '../../models/index.ts'
import type { Settled } from '../../telemetry/index.ts'
import type { ParsedRequest } from './parsed-request.ts'
import type { EventReader, Read } from './read.ts'

type Json = Readonly<Record<string, unknown>>

export type Protocol = {
  /** The provider's call that takes such a request as it is. */
  readonly call: ProviderCall
  /** As OpenTelemetry names it, where it has a name. */
  readonly operation: Settled['operation']
  /** It is no conversation: no application answers it, and nothing is translated. */
  readonly onlyPasses?: boolean
  readonly inbound: Inbound
  /** Before the id of a trace it is the id of an answer. */
  readonly idPrefix: string
  /** Throws `gateway.request-not-valid`. */
  parse(body: Json): ParsedRequest
  /** The conversation as messages with `role` and `content`, for the trace and to know it again. Never throws. */
  messages(body: Json): readonly unknown[]
  /** Names of fields that an application takes from a client; the rest is frozen in its release. */
  readonly kept: ReadonlySet<string>
  /** The last event is the only sign of a whole answer; elsewhere a finish reason is one too. */
  readonly demandsLastEvent: boolean
  /** Throws for JSON that is no such answer. */
  readAnswer(body: Json): Read
  createReader(): EventReader
  /** `usage` as such an answer has it. */
  readUsage(usage: Json): Read['usage']
}

/** From a whole answer to what is kept of it. */
export const readOf = (answer: Answer): Read => ({
  id: answer.id,
  output: answer.blocks.map((block) => (block.kind === 'text' || block.kind === 'refusal' ? block.text : '')).join(''),
  finishReason: answer.finish && FINISHES[answer.finish.reason],
  usage: servedAs(usageOf(answer.usage), answer.serviceTier),
  isWhole: answer.isWhole,
  error: answer.error?.message,
})

const servedAs = (usage: Read['usage'], tier: string | undefined): Read['usage'] =>
  usage && tier !== undefined ? { ...usage, tier: tier.slice(0, 40) } : usage

export const usageOf = (usage: Answer['usage']): Read['usage'] =>
  usage
    ? {
        inputTokens: usage.inputTokens,
        outputTokens: usage.outputTokens,
        estimated: false,
        ...(usage.cacheReadTokens && { cacheReadTokens: usage.cacheReadTokens }),
        ...(usage.cacheWriteTokens && { cacheWriteTokens: usage.cacheWriteTokens }),
        ...(usage.cacheWriteHourTokens && { cacheWriteHourTokens: usage.cacheWriteHourTokens }),
        ...(usage.reasoningTokens && { reasoningTokens: usage.reasoningTokens }),
        ...(usage.inputAudioTokens && { inputAudioTokens: usage.inputAudioTokens }),
        ...(usage.outputAudioTokens && { outputAudioTokens: usage.outputAudioTokens }),
      }
    : undefined

/** Only beside a usage: without one nobody billed. */
export const withBilled = (read: Read, billed: Billed): Read =>
  read.usage ? { ...read, usage: { ...read.usage, ...billed } } : read

/** One set of names for all dialects in traces: that of the chat dialect. */
export const FINISHES: Readonly<Record<NonNullable<Answer['finish']>['reason'], string>> = {
  stop: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  filtered: 'content_filter',
  refusal: 'content_filter',
  paused: 'pause',
  unknown: 'unknown',
}
