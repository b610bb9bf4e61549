/** What Converse answers, whole or as a stream. It says neither an id nor the model. */
import type {
  Answer,
  AnswerBlock,
  AnswerCitation,
  AnswerEvent,
  AnswerUsage,
  BlockStart,
  FinishReason,
} from '../answer.ts'
import { failedAnswer } from '../chat/read-answer.ts'
import type { StreamReader } from '../dialect.ts'
import { count, isRecord, type Json, parsedJson, present, textIn, unreadable } from '../field-reader.ts'

export function readConverseAnswer(body: unknown): Answer {
  if (!isRecord(body)) throw unreadable('converse', 'it is no JSON object')
  const message = isRecord(body.output) ? body.output.message : undefined
  if (!isRecord(message) || !Array.isArray(message.content)) {
    if (typeof body.message === 'string') return failedAnswer({ code: body.__type, message: body.message })
    throw unreadable('converse', 'it has no `output.message`')
  }
  return {
    id: null,
    model: null,
    blocks: message.content.filter(isRecord).flatMap(blockOf),
    finish: finishOf(body.stopReason),
    ...tierIn(body),
    usage: isRecord(body.usage) ? converseUsage(body.usage) : null,
    error: null,
    isWhole: true,
  }
}

const tierIn = ({ serviceTier }: Json): Pick<Answer, 'serviceTier'> =>
  present({ serviceTier: isRecord(serviceTier) ? textIn(serviceTier.type) : undefined })

function blockOf(block: Json): AnswerBlock[] {
  if (typeof block.text === 'string') return [{ kind: 'text', text: block.text }]
  if (isRecord(block.reasoningContent)) {
    const { reasoningText, redactedContent } = block.reasoningContent
    if (typeof redactedContent === 'string') return [{ kind: 'reasoning', text: '', sealed: redactedContent }]
    const told = isRecord(reasoningText) ? reasoningText : {}
    return [
      {
        kind: 'reasoning',
        text: textIn(told.text) ?? '',
        ...present({ signature: textIn(told.signature) || undefined }),
      },
    ]
  }
  if (isRecord(block.toolUse) && !isTheirs(block.toolUse))
    return [
      {
        kind: 'tool-call',
        id: textIn(block.toolUse.toolUseId) ?? '',
        name: textIn(block.toolUse.name) ?? '',
        arguments: JSON.stringify(block.toolUse.input ?? {}),
      },
    ]
  if (isRecord(block.citationsContent)) return [citedText(block.citationsContent)]
  return [{ kind: 'native', wire: 'converse', value: block, text: '' }]
}

/** A tool that the provider runs itself, and does not ask us for. */
const isTheirs = (toolUse: Json): boolean => toolUse.type === 'server_tool_use'

function citedText({ content, citations }: Json): AnswerBlock {
  const texts = Array.isArray(content) ? content.filter(isRecord).map(({ text }) => textIn(text) ?? '') : []
  const cited = Array.isArray(citations) ? citations.filter(isRecord).map(citationOf) : []
  return { kind: 'text', text: texts.join(''), ...(cited.length > 0 && { citations: cited }) }
}

function citationOf(citation: Json): AnswerCitation {
  const sources = Array.isArray(citation.sourceContent) ? citation.sourceContent.filter(isRecord) : []
  const web = isRecord(citation.location) && isRecord(citation.location.web) ? citation.location.web : {}
  const quote = sources.map(({ text }) => textIn(text) ?? '').join('')
  return present({ url: textIn(web.url), title: textIn(citation.title), quote: quote || undefined })
}

/** The errors that may end a stream which began well. */
const EXCEPTION = /(?:Exception|^error)$/

export function createConverseReader(): StreamReader {
  /** The provider's numbers of blocks that are open, and ours. */
  const open = new Map<unknown, { readonly block: number; readonly kind: BlockStart['kind'] }>()
  let blocks = 0
  let isFinished = false
  let ended = false

  const begin = (index: unknown, start: BlockStart, events: AnswerEvent[]) => {
    const one = { block: blocks++, kind: start.kind }
    open.set(index, one)
    events.push({ type: 'open', block: one.block, start })
    return one
  }
  const close = (index: unknown, events: AnswerEvent[]) => {
    const one = open.get(index)
    if (one) events.push({ type: 'close', block: one.block })
    open.delete(index)
  }
  /** Only calls of tools are announced; other blocks open with their first piece. */
  const blockFor = (index: unknown, kind: 'text' | 'reasoning', events: AnswerEvent[]): number => {
    const known = open.get(index)
    if (known?.kind === kind) return known.block
    close(index, events)
    return begin(index, { kind }, events).block
  }
  const onDelta = (index: unknown, delta: Json, events: AnswerEvent[]) => {
    if (typeof delta.text === 'string') {
      events.push({ type: 'delta', block: blockFor(index, 'text', events), text: delta.text })
    } else if (isRecord(delta.toolUse)) {
      const one = open.get(index)
      const text = textIn(delta.toolUse.input)
      if (one && text) events.push({ type: 'delta', block: one.block, text })
    } else if (isRecord(delta.reasoningContent)) {
      const { text, signature, redactedContent } = delta.reasoningContent
      const block = blockFor(index, 'reasoning', events)
      if (typeof text === 'string' && text !== '') events.push({ type: 'delta', block, text })
      if (typeof signature === 'string' && signature !== '') events.push({ type: 'signature', block, signature })
      if (typeof redactedContent === 'string') events.push({ type: 'sealed', block, sealed: redactedContent })
    } else if (isRecord(delta.citation)) {
      const block = blockFor(index, 'text', events)
      events.push({ type: 'citation', block, citation: citationOf(delta.citation) })
    }
  }
  const end = (events: AnswerEvent[]): AnswerEvent[] => {
    ended = true
    events.push({ type: 'end' })
    return events
  }
  const read = (name: string, event: Json): AnswerEvent[] => {
    const events: AnswerEvent[] = []
    const index = event.contentBlockIndex
    switch (name) {
      case 'contentBlockStart': {
        const start = isRecord(event.start) ? event.start : {}
        const use = isRecord(start.toolUse) && !isTheirs(start.toolUse) ? start.toolUse : undefined
        if (use)
          begin(index, { kind: 'tool-call', id: textIn(use.toolUseId) ?? '', name: textIn(use.name) ?? '' }, events)
        else if (Object.keys(start).length > 0) begin(index, { kind: 'native', wire: 'converse', value: start }, events)
        break
      }
      case 'contentBlockDelta':
        if (isRecord(event.delta)) onDelta(index, event.delta, events)
        break
      case 'contentBlockStop':
        close(index, events)
        break
      case 'messageStop': {
        for (const left of [...open.keys()]) close(left, events)
        isFinished = true
        const finish = finishOf(event.stopReason)
        if (finish) events.push({ type: 'finish', ...finish })
        break
      }
      // What was counted comes last, after the answer has stopped.
      case 'metadata': {
        const usage = isRecord(event.usage) ? converseUsage(event.usage) : null
        if (isRecord(event.serviceTier)) events.push({ type: 'start', ...tierIn(event) })
        if (usage) events.push({ type: 'usage', usage })
        if (isFinished) end(events)
        break
      }
      default:
        if (EXCEPTION.test(name)) {
          const { error } = failedAnswer({ code: event.code ?? name, message: event.message ?? event.originalMessage })
          if (error) events.push({ type: 'error', ...error })
        }
    }
    return events
  }
  return {
    push(data) {
      if (ended) return []
      const value = parsedJson(data)
      if (!isRecord(value)) throw unreadable('converse', 'an event of the stream is not JSON')
      return Object.entries(value).flatMap(([name, event]) => (isRecord(event) ? read(name, event) : []))
    },
    end: () => (isFinished && !ended ? end([]) : []),
  }
}

const FINISHES: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop-sequence',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  guardrail_intervened: 'filtered',
  content_filtered: 'filtered',
  refusal: 'refusal',
  pause_turn: 'paused',
}

const finishOf = (reason: unknown): Answer['finish'] =>
  typeof reason === 'string' ? { reason: FINISHES[reason] ?? 'unknown' } : null

/** The tokens of the cache stand beside the others. */
function converseUsage(usage: Json): AnswerUsage | null {
  const input = count(usage.inputTokens)
  if (input === undefined) return null
  const read = count(usage.cacheReadInputTokens)
  const written = count(usage.cacheWriteInputTokens)
  const details = Array.isArray(usage.cacheDetails) ? usage.cacheDetails.filter(isRecord) : []
  return {
    inputTokens: input + (read ?? 0) + (written ?? 0),
    outputTokens: count(usage.outputTokens) ?? 0,
    ...present({
      cacheReadTokens: read,
      cacheWriteTokens: written,
      cacheWriteHourTokens: count(details.find(({ ttl }) => ttl === '1h')?.inputTokens) || undefined,
    }),
  }
}
