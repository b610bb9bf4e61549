/**
 * What a trace that was sent to us comes to: its spans summed up as one row of `traces`. Runs in the worker, for traces
 * that are new; one that has a row is summed up anew by the database (`sumUpAnew` in `store.ts`), by the same rules:
 * a property test holds the two together.
 */
import type { z } from 'zod'
import { microUsd, picoOf } from '../kernel/money.ts'
import { instantOf } from '../kernel/time.ts'
import type { Meaning } from './contract.ts'
import { shortened } from './question.ts'
import { type SpanRow, TraceRow } from './trace-row.ts'

/** The columns that are told by spans; all others are the same in every trace that was sent to us. */
export const TraceSum = TraceRow.pick({
  traceId: true,
  spanId: true,
  at: true,
  organisation: true,
  application: true,
  requestedModel: true,
  servedBy: true,
  provider: true,
  operation: true,
  status: true,
  latencyMs: true,
  inputTokens: true,
  outputTokens: true,
  costMicroUsd: true,
  question: true,
  user: true,
})
export type TraceSum = z.infer<typeof TraceSum>

/** Of an `int` column. */
const MOST_TOKENS = 2 ** 31 - 1
const MS_NS = 1_000_000n

/** Of all spans of one trace, each once. */
export function sumOf(spans: readonly SpanRow[]): TraceSum {
  const inOrder = [...spans].sort(byStart)
  const root = inOrder.find((span) => span.parentSpanId === null) ?? inOrder[0]
  if (!root) throw new Error('a trace has at least one span')
  const start =
    least(
      spans.map(({ startNs }) => BigInt(startNs)),
      (one, other) => one < other,
    ) ?? 0n
  const end =
    least(
      spans.map(({ endNs }) => BigInt(endNs)),
      (one, other) => one > other,
    ) ?? 0n
  const model = firstWord(spans.map(({ meaning }) => meaning.model))
  return {
    traceId: root.traceId,
    spanId: root.spanId,
    at: instantOf(Number(start / MS_NS)),
    organisation: root.organisation,
    application: firstWord(spans.map(({ application }) => application)),
    requestedModel: model ?? '',
    servedBy: model,
    provider: firstWord(spans.map(({ meaning }) => meaning.provider)),
    operation: root.name,
    status: spans.some((span) => span.parentSpanId === null && span.status.code === 'error') ? 'errored' : 'complete',
    latencyMs: Number(end - start) / Number(MS_NS),
    inputTokens: tokensOf(spans, 'inputTokens'),
    outputTokens: tokensOf(spans, 'outputTokens'),
    costMicroUsd: costOf(spans),
    question: questionOf(inOrder),
    user: firstWord(spans.map(({ meaning }) => meaning.user ?? null)),
  }
}

/** Agents and chains repeat what the calls inside them used; they count only where no call says it. */
function amountsOf<Value>(spans: readonly SpanRow[], read: (meaning: Meaning) => Value | null): Value[] {
  const said = spans.filter(({ meaning }) => read(meaning) !== null)
  const calls = said.filter(({ meaning: { operation } }) => !['agent', 'chain', 'tool'].includes(operation ?? ''))
  return (calls.length > 0 ? calls : said).flatMap(({ meaning }) => read(meaning) ?? [])
}

const tokensOf = (spans: readonly SpanRow[], name: 'inputTokens' | 'outputTokens'): number =>
  Math.min(
    amountsOf(spans, (meaning) => meaning[name]).reduce((sum, amount) => sum + amount, 0),
    MOST_TOKENS,
  )

function costOf(spans: readonly SpanRow[]): TraceSum['costMicroUsd'] {
  const costs = amountsOf(spans, (meaning) => meaning.costMicroUsd)
  return costs.length === 0 ? null : microUsd(costs.reduce((sum, cost) => sum + picoOf(cost), 0n))
}

/** Whole characters, as the database counts them. */
function questionOf(inOrder: readonly SpanRow[]): string {
  return shortened(inOrder.find(({ meaning }) => meaning.messages)?.meaning.messages?.[0]?.content ?? '')
}

/** Any of them would do; this one does not depend on the order in which they came. */
const firstWord = <Word extends string>(words: readonly (Word | null)[]): Word | null =>
  least(
    words.filter((word) => word !== null),
    (one, other) => one < other,
  ) ?? null

const least = <Value>(values: readonly Value[], isBefore: (one: Value, other: Value) => boolean): Value | undefined =>
  values.length === 0 ? undefined : values.reduce((best, value) => (isBefore(value, best) ? value : best))

function byStart(one: SpanRow, other: SpanRow): number {
  const [early, late] = [BigInt(one.startNs), BigInt(other.startNs)]
  if (early !== late) return early < late ? -1 : 1
  return one.spanId < other.spanId ? -1 : 1
}
