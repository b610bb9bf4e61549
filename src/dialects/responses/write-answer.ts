/** Answers of ours in the shape of OpenAI's Responses, whole and as a stream. */
import type { Answer, AnswerBlock, AnswerEvent, AnswerUsage } from '../answer.ts'
import { writeChatError } from '../chat/write-answer.ts'
import type { AnswerHead, StreamWriter, Told } from '../dialect.ts'
import { present } from '../field-reader.ts'
import { writeLogprobs } from '../logprobs.ts'
import { createReducer } from '../reduce.ts'
import { sealedOf } from './sealed-reasoning.ts'

type Body = Record<string, unknown>

export function writeResponsesAnswer(answer: Answer, head: AnswerHead): Body {
  const reason = answer.finish?.reason
  const isCut = reason === 'length' || reason === 'filtered'
  return {
    id: head.id,
    object: 'response',
    created_at: head.created,
    status: answer.error ? 'failed' : isCut ? 'incomplete' : 'completed',
    error: answer.error,
    incomplete_details: isCut ? { reason: reason === 'length' ? 'max_output_tokens' : 'content_filter' } : null,
    model: answer.model ?? head.model,
    output: answer.blocks.flatMap((block, index) => writeItem(block, idOf(head, index), 'completed')),
    parallel_tool_calls: true,
    tool_choice: 'auto',
    tools: [],
    ...head.repeated,
    ...present({ service_tier: answer.serviceTier }),
    usage: answer.usage ? usageBody(answer.usage) : null,
    ...(answer.sources && { citations: answer.sources }),
  }
}

const idOf = ({ id }: AnswerHead, index: number): string => `${id.replace(/^resp_/, '')}_${index}`

function writeItem(block: AnswerBlock, id: string, status: string): Body[] {
  switch (block.kind) {
    case 'text':
    case 'refusal':
      return [{ id: `msg_${id}`, type: 'message', status, role: 'assistant', content: [writePart(block)] }]
    case 'tool-call':
      return [
        {
          id: `fc_${id}`,
          type: 'function_call',
          status,
          call_id: block.id,
          name: block.name,
          arguments: block.arguments,
        },
      ]
    case 'reasoning':
      return [
        {
          id: block.id ?? `rs_${id}`,
          type: 'reasoning',
          summary: block.text === '' ? [] : [{ type: 'summary_text', text: block.text }],
          ...present({ encrypted_content: sealedOf(block) }),
        },
      ]
    case 'native':
      return block.wire === 'responses' ? [block.value] : []
  }
}

const writePart = (block: Extract<AnswerBlock, { kind: 'text' | 'refusal' }>): Body =>
  block.kind === 'refusal'
    ? { type: 'refusal', refusal: block.text }
    : {
        type: 'output_text',
        text: block.text,
        annotations: (block.citations ?? []).map(({ url, title }) =>
          present({ type: 'url_citation', url, title, start_index: 0, end_index: 0 }),
        ),
        logprobs: writeLogprobs(block.logprobs ?? []),
      }

export function createResponsesWriter(head: AnswerHead): StreamWriter {
  const reducer = createReducer()
  /** Places of blocks in `output`; those that this dialect cannot show have none. */
  const places = new Map<number, { place: number; at: number }>()
  let opened = 0
  let hasStarted = false
  let sequence = 0

  const event = (type: string, more: Body): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...more, sequence_number: sequence++ })}\n\n`
  const started = (): string => {
    if (hasStarted) return ''
    hasStarted = true
    const response = {
      ...writeResponsesAnswer({ ...reducer.take(), blocks: [], usage: null }, head),
      status: 'in_progress',
    }
    return event('response.created', { response }) + event('response.in_progress', { response })
  }
  const onOpen = (one: Extract<AnswerEvent, { type: 'open' }>): string => {
    const at = opened++
    const block = reducer.take().blocks[at]
    const place = places.size
    const [item] = block ? writeItem(block, idOf(head, place), 'in_progress') : []
    if (!block || !item) return ''
    places.set(one.block, { place, at })
    if (block.kind !== 'text' && block.kind !== 'refusal')
      return event('response.output_item.added', { output_index: place, item })
    return (
      event('response.output_item.added', { output_index: place, item: { ...item, content: [] } }) +
      event('response.content_part.added', {
        item_id: item.id,
        output_index: place,
        content_index: 0,
        part: writePart(block),
      })
    )
  }
  const onDelta = (one: Extract<AnswerEvent, { type: 'delta' }>): string => {
    const known = places.get(one.block)
    const block = known && reducer.take().blocks[known.at]
    if (!known || !block) return ''
    const [item] = writeItem(block, idOf(head, known.place), 'in_progress')
    const where = { item_id: item?.id, output_index: known.place, delta: one.text }
    if (block.kind === 'text') return event('response.output_text.delta', { ...where, content_index: 0, logprobs: [] })
    if (block.kind === 'refusal') return event('response.refusal.delta', { ...where, content_index: 0 })
    if (block.kind === 'tool-call') return event('response.function_call_arguments.delta', where)
    if (block.kind !== 'reasoning') return ''
    const isFirst = block.text === one.text
    const part = isFirst
      ? event('response.reasoning_summary_part.added', {
          item_id: item?.id,
          output_index: known.place,
          summary_index: 0,
          part: { type: 'summary_text', text: '' },
        })
      : ''
    return part + event('response.reasoning_summary_text.delta', { ...where, summary_index: 0 })
  }
  /** They come after the words that they belong to. */
  const onLogprobs = ({ block, tokens }: Extract<AnswerEvent, { type: 'logprobs' }>): string => {
    const known = places.get(block)
    return known
      ? event('response.output_text.delta', {
          item_id: `msg_${idOf(head, known.place)}`,
          output_index: known.place,
          content_index: 0,
          delta: '',
          logprobs: writeLogprobs(tokens),
        })
      : ''
  }
  const onClose = (one: Extract<AnswerEvent, { type: 'close' }>): string => {
    const known = places.get(one.block)
    const block = known && reducer.take().blocks[known.at]
    if (!known || !block) return ''
    const [item] = writeItem(block, idOf(head, known.place), 'completed')
    const where = { item_id: item?.id, output_index: known.place }
    const done = event('response.output_item.done', { output_index: known.place, item })
    if (block.kind === 'text' || block.kind === 'refusal') {
      const text =
        block.kind === 'text'
          ? event('response.output_text.done', {
              ...where,
              content_index: 0,
              text: block.text,
              logprobs: writeLogprobs(block.logprobs ?? []),
            })
          : event('response.refusal.done', { ...where, content_index: 0, refusal: block.text })
      return text + event('response.content_part.done', { ...where, content_index: 0, part: writePart(block) }) + done
    }
    if (block.kind === 'tool-call')
      return (
        event('response.function_call_arguments.done', { ...where, name: block.name, arguments: block.arguments }) +
        done
      )
    if (block.kind !== 'reasoning' || block.text === '') return done
    const part = { type: 'summary_text', text: block.text }
    return (
      event('response.reasoning_summary_text.done', { ...where, summary_index: 0, text: block.text }) +
      event('response.reasoning_summary_part.done', { ...where, summary_index: 0, part }) +
      done
    )
  }
  const write = (one: AnswerEvent): string => {
    switch (one.type) {
      case 'open':
        return onOpen(one)
      case 'delta':
        return onDelta(one)
      case 'logprobs':
        return onLogprobs(one)
      case 'close':
        return onClose(one)
      case 'end': {
        const response = writeResponsesAnswer(reducer.take(), head)
        return event(response.status === 'incomplete' ? 'response.incomplete' : 'response.completed', { response })
      }
      default:
        return ''
    }
  }
  return {
    push(one) {
      reducer.push(one)
      const before = hasStarted ? '' : started()
      const text = write(one)
      if (text === '' && before !== '') {
        // Nothing leaves before it means something.
        hasStarted = false
        sequence = 0
        return ''
      }
      return before + text
    },
  }
}

export const writeResponsesError = writeChatError

export const writeResponsesStreamError = (told: Told): string =>
  `event: error\ndata: ${JSON.stringify({ type: 'error', code: told.code, message: told.message, param: told.field })}\n\n`

export const usageBody = (usage: AnswerUsage): Body => ({
  input_tokens: usage.inputTokens,
  input_tokens_details: { cached_tokens: usage.cacheReadTokens ?? 0 },
  output_tokens: usage.outputTokens,
  output_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
  total_tokens: usage.inputTokens + usage.outputTokens,
})
