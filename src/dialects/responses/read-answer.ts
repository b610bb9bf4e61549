/** What a server of OpenAI's Responses answers, whole or as a stream. */
import type { Answer, AnswerBlock, AnswerCitation, AnswerEvent, AnswerUsage, BlockStart } from '../answer.ts'
import { failedAnswer } from '../chat/read-answer.ts'
import type { StreamReader } from '../dialect.ts'
import { count, isRecord, type Json, parsedJson, present, textIn, unreadable } from '../field-reader.ts'
import { readLogprobs } from '../logprobs.ts'
import { readReasoning } from './read-request.ts'

export function readResponsesAnswer(body: unknown): Answer {
  if (!isRecord(body)) throw unreadable('responses', 'it is no JSON object')
  if (isRecord(body.error)) return { ...failedAnswer(body.error), id: textIn(body.id) ?? null }
  if (!Array.isArray(body.output)) throw unreadable('responses', 'it has no `output`')
  const blocks = body.output.filter(isRecord).flatMap(blocksOf)
  return {
    id: textIn(body.id) ?? null,
    model: textIn(body.model) ?? null,
    blocks,
    finish: finishOf(
      body,
      blocks.some(({ kind }) => kind === 'tool-call'),
    ),
    ...present({ serviceTier: textIn(body.service_tier) }),
    usage: isRecord(body.usage) ? responsesUsage(body.usage) : null,
    error: null,
    isWhole: true,
  }
}

function blocksOf(item: Json): AnswerBlock[] {
  switch (item.type) {
    case 'message':
      return (Array.isArray(item.content) ? item.content.filter(isRecord) : []).map((part): AnswerBlock => {
        if (part.type === 'refusal') return { kind: 'refusal', text: textIn(part.refusal) ?? '' }
        const citations = Array.isArray(part.annotations) ? part.annotations.filter(isRecord).map(citationOf) : []
        return {
          kind: 'text',
          text: textIn(part.text) ?? '',
          ...(citations.length > 0 && { citations }),
          ...present({ logprobs: readLogprobs(part.logprobs) }),
        }
      })
    case 'function_call':
      return [{ ...callOf(item), arguments: textIn(item.arguments) ?? '' }]
    case 'reasoning':
      return [readReasoning(item) as AnswerBlock]
    default:
      return [{ kind: 'native', wire: 'responses', value: item, text: '' }]
  }
}

const callOf = (item: Json) =>
  ({ kind: 'tool-call', id: textIn(item.call_id) ?? textIn(item.id) ?? '', name: textIn(item.name) ?? '' }) as const

const citationOf = (annotation: Json): AnswerCitation =>
  present({ url: textIn(annotation.url), title: textIn(annotation.title) ?? textIn(annotation.filename) })

/**
 * A stream's events. Text and arguments come in pieces, once more whole in `….done` and once more in the item's end;
 * some servers send only the later ones, so what never came in pieces is taken from there.
 */
export function createResponsesReader(): StreamReader {
  type Open = { readonly block: number; readonly kind: BlockStart['kind']; text: string }
  const open = new Map<string, Open>()
  let blocks = 0
  let hasCalls = false
  let ended = false

  const openBlock = (key: string, start: BlockStart, events: AnswerEvent[]): Open => {
    const known = open.get(key)
    if (known) return known
    const made: Open = { block: blocks++, kind: start.kind, text: '' }
    open.set(key, made)
    if (start.kind === 'tool-call') hasCalls = true
    events.push({ type: 'open', block: made.block, start })
    return made
  }
  const grow = (found: Open, text: unknown, events: AnswerEvent[]) => {
    if (typeof text !== 'string' || text === '') return
    found.text += text
    events.push({ type: 'delta', block: found.block, text })
  }
  /** The whole, where nothing of it came in pieces. */
  const complete = (found: Open, whole: unknown, events: AnswerEvent[]) => {
    if (found.text === '') grow(found, whole, events)
  }
  const close = (key: string, events: AnswerEvent[]) => {
    const found = open.get(key)
    if (!found) return
    open.delete(key)
    events.push({ type: 'close', block: found.block })
  }
  const partKey = (event: Json) => `${event.output_index}.${event.content_index ?? 0}`
  const itemKey = (event: Json) => `${event.output_index}`

  const endItem = (event: Json, item: Json, events: AnswerEvent[]) => {
    switch (item.type) {
      case 'message':
        for (const [index, part] of (Array.isArray(item.content) ? item.content.filter(isRecord) : []).entries()) {
          const key = `${event.output_index}.${index}`
          if (closed.has(key)) continue
          const kind = part.type === 'refusal' ? 'refusal' : 'text'
          complete(openBlock(key, { kind }, events), part.text ?? part.refusal, events)
          close(key, events)
        }
        break
      case 'function_call':
        complete(openBlock(itemKey(event), callOf(item), events), item.arguments, events)
        close(itemKey(event), events)
        break
      case 'reasoning': {
        const found = openBlock(itemKey(event), { kind: 'reasoning', ...present({ id: textIn(item.id) }) }, events)
        const { text, signature, sealed } = readReasoning(item) as Extract<AnswerBlock, { kind: 'reasoning' }>
        if (found.text === '') grow(found, text, events)
        if (signature !== undefined) events.push({ type: 'signature', block: found.block, signature })
        if (sealed !== undefined) events.push({ type: 'sealed', block: found.block, sealed })
        close(itemKey(event), events)
        break
      }
      default:
        openBlock(itemKey(event), { kind: 'native', wire: 'responses', value: item }, events)
        close(itemKey(event), events)
    }
  }
  const closed = new Set<string>()

  const read = (event: Json): AnswerEvent[] => {
    const events: AnswerEvent[] = []
    const response = isRecord(event.response) ? event.response : {}
    const item = isRecord(event.item) ? event.item : {}
    switch (event.type) {
      case 'response.created':
        events.push({ type: 'start', ...present({ id: textIn(response.id), model: textIn(response.model) }) })
        break
      case 'response.output_item.added':
        if (item.type === 'function_call') openBlock(itemKey(event), callOf(item), events)
        if (item.type === 'reasoning')
          openBlock(itemKey(event), { kind: 'reasoning', ...present({ id: textIn(item.id) }) }, events)
        break
      case 'response.output_text.delta': {
        const found = openBlock(partKey(event), { kind: 'text' }, events)
        grow(found, event.delta, events)
        const tokens = readLogprobs(event.logprobs)
        if (tokens) events.push({ type: 'logprobs', block: found.block, tokens })
        break
      }
      case 'response.refusal.delta':
        grow(openBlock(partKey(event), { kind: 'refusal' }, events), event.delta, events)
        break
      case 'response.output_text.done':
      case 'response.refusal.done': {
        const isText = event.type === 'response.output_text.done'
        const found = openBlock(partKey(event), { kind: isText ? 'text' : 'refusal' }, events)
        complete(found, isText ? event.text : event.refusal, events)
        break
      }
      case 'response.output_text.annotation.added': {
        const found = open.get(partKey(event))
        if (found && isRecord(event.annotation))
          events.push({ type: 'citation', block: found.block, citation: citationOf(event.annotation) })
        break
      }
      case 'response.content_part.done':
        closed.add(partKey(event))
        close(partKey(event), events)
        break
      case 'response.function_call_arguments.delta': {
        const found = open.get(itemKey(event))
        if (found) grow(found, event.delta, events)
        break
      }
      case 'response.function_call_arguments.done': {
        const found = open.get(itemKey(event))
        if (found) complete(found, event.arguments, events)
        break
      }
      case 'response.reasoning_summary_part.added': {
        const found = open.get(itemKey(event))
        if (found && found.text !== '') grow(found, '\n', events)
        break
      }
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        grow(openBlock(itemKey(event), { kind: 'reasoning' }, events), event.delta, events)
        break
      case 'response.output_item.done':
        endItem(event, item, events)
        break
      case 'response.completed':
      case 'response.incomplete': {
        const usage = isRecord(response.usage) ? responsesUsage(response.usage) : null
        if (typeof response.model === 'string')
          events.push({
            type: 'start',
            model: response.model,
            ...present({ serviceTier: textIn(response.service_tier) }),
          })
        if (usage) events.push({ type: 'usage', usage })
        const finish = finishOf(response, hasCalls)
        if (finish) events.push({ type: 'finish', ...finish })
        ended = true
        events.push({ type: 'end' })
        break
      }
      case 'response.failed':
      case 'error': {
        const error = isRecord(response.error) ? response.error : isRecord(event.error) ? event.error : event
        events.push({
          type: 'error',
          code: textIn(error.code) ?? 'error',
          message: textIn(error.message) ?? 'no reason given',
        })
        break
      }
    }
    return events
  }
  return {
    push(data) {
      if (ended || data.trim() === '[DONE]') return []
      const value = parsedJson(data)
      if (!isRecord(value)) throw unreadable('responses', 'an event of the stream is not JSON')
      return read(value)
    },
    end: () => [],
  }
}

function finishOf(response: Json, hasCalls: boolean): Answer['finish'] {
  if (response.status === 'completed') return { reason: hasCalls ? 'tool-calls' : 'stop' }
  const details = isRecord(response.incomplete_details) ? response.incomplete_details.reason : undefined
  if (response.status !== 'incomplete') return null
  return { reason: details === 'content_filter' ? 'filtered' : details === 'max_output_tokens' ? 'length' : 'unknown' }
}

export function responsesUsage(usage: Json): AnswerUsage | null {
  const input = count(usage.input_tokens)
  if (input === undefined) return null
  const inside = isRecord(usage.input_tokens_details) ? usage.input_tokens_details : {}
  const outside = isRecord(usage.output_tokens_details) ? usage.output_tokens_details : {}
  return {
    inputTokens: input,
    outputTokens: count(usage.output_tokens) ?? 0,
    ...present({
      cacheReadTokens: count(inside.cached_tokens),
      cacheWriteTokens: count(inside.cache_write_tokens),
      reasoningTokens: count(outside.reasoning_tokens),
    }),
  }
}
