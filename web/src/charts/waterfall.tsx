/** Spans in time: each where it began, as long as it took, errors marked, the first token as a line. */
import type { Span } from '../../../sdk/index.ts'
import { duration, money, number, percent } from '../data/format.ts'
import { say } from '../words/say.ts'

type Props = {
  spans: readonly Span[]
  firstTokenMs: number | null
  chosen: string | undefined
  onChoose: (span: string) => void
}
type Placed = { span: Span; depth: number; startMs: number; lengthMs: number }

export function Waterfall({ spans, firstTokenMs, chosen, onChoose }: Props) {
  const placed = place(spans)
  const wholeMs = Math.max(...placed.map(({ startMs, lengthMs }) => startMs + lengthMs), 0.001)
  const hasFirstToken = firstTokenMs !== null && firstTokenMs <= wholeMs
  return (
    <ul aria-label={say('waterfall.steps-in-time')} className="relative">
      {placed.map(({ span, depth, startMs, lengthMs }) => (
        <li key={span.spanId} data-row>
          <button
            type="button"
            aria-pressed={span.spanId === chosen}
            onClick={() => onChoose(span.spanId)}
            className="grid min-h-8 w-full grid-cols-[minmax(0,9rem)_1fr_4.5rem] items-center gap-3 rounded px-2 text-left hover:bg-hover aria-pressed:bg-selected md:grid-cols-[minmax(0,16rem)_1fr_4.5rem_9rem]"
          >
            <span className="truncate" style={{ paddingLeft: depth * 14 }}>
              {span.name}
              {span.status.code === 'error' && <span className="text-fail"> {say('waterfall.error')}</span>}
            </span>
            <span className="relative block h-3">
              <span
                className={`absolute inset-y-0 min-w-0.5 rounded-sm ${span.status.code === 'error' ? 'bg-fail' : depth === 0 ? 'bg-line-strong' : 'bg-accent'}`}
                style={{ left: percentText(startMs / wholeMs), width: percentText(lengthMs / wholeMs) }}
              />
              {hasFirstToken && depth === 0 && (
                <span
                  className="absolute -inset-y-1 w-0.5 bg-text"
                  title={say('waterfall.first-token-after', { firstTokenMs: duration(firstTokenMs) })}
                  style={{ left: percentText(firstTokenMs / wholeMs) }}
                />
              )}
            </span>
            <span className="text-right">{duration(lengthMs)}</span>
            <span className="hidden text-right text-muted md:block">
              {span.meaning.inputTokens !== null &&
                say('waterfall.tokens', {
                  inputTokens: number(span.meaning.inputTokens),
                  outputTokens: number(span.meaning.outputTokens ?? 0),
                })}{' '}
              {span.meaning.costMicroUsd !== null && money(span.meaning.costMicroUsd)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const percentText = (share: number): string => percent(share, 3).replace('\u202f', '')

/** Parents before their children, in the order in which they began. */
function place(spans: readonly Span[]): Placed[] {
  const begin =
    spans.reduce<bigint | undefined>(
      (least, { startNs }) => (least === undefined || BigInt(startNs) < least ? BigInt(startNs) : least),
      undefined,
    ) ?? 0n
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const children = Map.groupBy(spans, ({ parentSpanId }) =>
    parentSpanId !== null && ids.has(parentSpanId) ? parentSpanId : '',
  )
  const visit = (parent: string, depth: number): Placed[] =>
    (children.get(parent) ?? [])
      .toSorted((a, b) => (BigInt(a.startNs) < BigInt(b.startNs) ? -1 : 1))
      .flatMap((span) => [
        {
          span,
          depth,
          startMs: Number(BigInt(span.startNs) - begin) / 1e6,
          lengthMs: Number(BigInt(span.endNs) - BigInt(span.startNs)) / 1e6,
        },
        ...visit(span.spanId, depth + 1),
      ])
  return visit('', 0)
}
