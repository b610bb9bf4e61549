/**
 * Spans as lines that `copy` reads: the quickest way into a table on either engine. Values stand between control
 * characters that JSON never holds, so that nothing in it has to be marked; only names need quotes.
 *
 * Invariant: a line begins with the ids of its span; only within quotes may there be another line end.
 */
import type { SpanRow } from './trace-row.ts'

const SEPARATOR = '\u0002'
const QUOTE = '\u0001'
const ID_CHARACTERS = 32 + 1 + 16

export const COPY_SPANS = `copy spans (trace_id, span_id, organisation, application, parent_span_id, name, kind,
  start_ns, end_ns, status, attributes, events, resource, scope, links, meaning, sealed)
  from stdin with (format csv, delimiter e'\\x02', quote e'\\x01')`

export function linesOf(spans: readonly (SpanRow & { readonly sealed?: string | null })[]): Uint8Array {
  // What a program says of itself is the same object in all its spans.
  const shared = new Map<unknown, string>()
  const once = (value: unknown) => {
    const text = shared.get(value) ?? JSON.stringify(value)
    shared.set(value, text)
    return text
  }
  const lines = spans.map((span) =>
    [
      span.traceId,
      span.spanId,
      quoted(span.organisation),
      span.application === null ? NULL : quoted(span.application),
      span.parentSpanId ?? NULL,
      quoted(span.name),
      span.kind,
      span.startNs,
      span.endNs,
      span.status.message === undefined ? `{"code":"${span.status.code}"}` : JSON.stringify(span.status),
      JSON.stringify(span.attributes),
      listText(span.events),
      once(span.resource),
      span.scope === null ? NULL : once(span.scope),
      listText(span.links),
      JSON.stringify(span.meaning),
      span.sealed ?? NULL,
    ].join(SEPARATOR),
  )
  // Not from the pool of buffers: the memory is handed over to another thread.
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
}

/** The lines whose span `isKept`, and how many others there were. */
export function filterLines(
  lines: Uint8Array,
  isKept: (traceId: string, spanId: string) => boolean,
): { lines: Uint8Array; refused: number } {
  const all = split(new TextDecoder().decode(lines))
  const kept = all.filter((line) => {
    const [traceId = '', spanId = ''] = line.slice(0, ID_CHARACTERS).split(SEPARATOR)
    return isKept(traceId, spanId)
  })
  return { lines: new TextEncoder().encode(kept.join('')), refused: all.length - kept.length }
}

/** With their line ends. A name in quotes may hold one of its own. */
function split(text: string): string[] {
  const lines: string[] = []
  let from = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === QUOTE) isQuoted = !isQuoted
    if (text[at] !== '\n' || isQuoted) continue
    lines.push(text.slice(from, at + 1))
    from = at + 1
  }
  return lines
}

const listText = (list: readonly unknown[]): string => (list.length === 0 ? '[]' : JSON.stringify(list))

/** Nothing at all; a text that is empty has quotes. */
const NULL = ''

const quoted = (text: string): string => `${QUOTE}${text.replaceAll(QUOTE, QUOTE + QUOTE)}${QUOTE}`
