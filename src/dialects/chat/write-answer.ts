/** Answers of ours in the shape of chat completions, whole and as a stream. */
import type { Answer, AnswerEvent, AnswerSource, AnswerUsage, FinishReason } from '../answer.ts'
import type { AnswerHead, StreamWriter, Told, WriterAsk } from '../dialect.ts'
import { present } from '../field-reader.ts'
import { writeLogprobs } from '../logprobs.ts'
import { reasoningDetail } from './write-request.ts'

type Body = Record<string, unknown>

export function writeChatAnswer(answer: Answer, head: AnswerHead): Body {
  return {
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    choices: [answer, ...(answer.others ?? [])].map((choice, index) => writeChoice(choice, index, answer.sources)),
    ...present({ service_tier: answer.serviceTier }),
    ...(answer.usage && { usage: usageBody(answer.usage) }),
  }
}

function writeChoice(
  { blocks, finish }: Pick<Answer, 'blocks' | 'finish'>,
  index: number,
  sources: Answer['sources'],
): Body {
  let content: string | null = null
  let refusal: string | null = null
  const reasoning: { text: string; signature?: string; sealed?: string; id?: string }[] = []
  const calls: Body[] = []
  const logprobs: Body[] = []
  for (const block of blocks) {
    if (block.kind === 'text') {
      content = (content ?? '') + block.text
      logprobs.push(...writeLogprobs(block.logprobs ?? []))
    }
    if (block.kind === 'refusal') refusal = (refusal ?? '') + block.text
    if (block.kind === 'reasoning') reasoning.push(block)
    if (block.kind === 'tool-call') calls.push(callOf(block, block.arguments))
  }
  const thought = reasoning.map(({ text }) => text).join('')
  return {
    index,
    message: present({
      role: 'assistant',
      content: content ?? (calls.length > 0 || refusal !== null ? null : ''),
      refusal,
      reasoning_content: thought === '' ? undefined : thought,
      reasoning_details: reasoning.length > 0 ? reasoning.map(reasoningDetail) : undefined,
      tool_calls: calls.length > 0 ? calls : undefined,
      citations: sources,
    }),
    logprobs: logprobs.length > 0 ? { content: logprobs, refusal: null } : null,
    finish_reason: finishName(finish?.reason ?? 'stop'),
  }
}

/** The first chunk names the role, as OpenAI's does; the last ones carry finish reason and usage. */
export function createChatWriter(head: AnswerHead, { includeUsage }: WriterAsk): StreamWriter {
  const calls = new Map<number, number>()
  const details = new Map<number, { index: number; id?: string }>()
  const kinds = new Map<number, string>()
  /** Which of several answers a block belongs to, and those whose role was told. */
  const choices = new Map<number, number>()
  const opened = new Set<number>()
  let serviceTier: string | undefined
  let usage: AnswerUsage | undefined
  let sources: readonly AnswerSource[] | undefined
  let { model } = head

  const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`
  const top = () => ({
    id: head.id,
    object: 'chat.completion.chunk',
    created: head.created,
    model,
    ...present({ service_tier: serviceTier }),
  })
  let index = 0
  const chunk = (delta: Body, finish: string | null = null, logprobs: Body | null = null): string =>
    event({ ...top(), choices: [{ index, delta, logprobs, finish_reason: finish }] })
  const opening = (): string => {
    if (opened.has(index)) return ''
    opened.add(index)
    return chunk({ role: 'assistant', content: '' })
  }
  const detail = (block: number, more: Body): string => {
    const known = details.get(block)
    return known ? chunk({ reasoning_details: [{ ...more, ...known }] }) : ''
  }
  const write = (one: AnswerEvent): string => {
    switch (one.type) {
      case 'open': {
        const { start, block } = one
        kinds.set(block, start.kind)
        if (start.kind === 'tool-call') {
          calls.set(block, [...calls.keys()].filter((one) => choices.get(one) === index).length)
          return chunk({ tool_calls: [{ index: calls.get(block), ...callOf(start, '') }] })
        }
        if (start.kind === 'reasoning') {
          details.set(block, { index: details.size, ...present({ id: start.id }) })
          return start.sealed === undefined ? '' : detail(block, { type: 'reasoning.encrypted', data: start.sealed })
        }
        return ''
      }
      case 'delta': {
        const kind = kinds.get(one.block)
        if (kind === 'text') return chunk({ content: one.text })
        if (kind === 'refusal') return chunk({ refusal: one.text })
        if (kind === 'reasoning')
          return chunk({
            reasoning_content: one.text,
            reasoning_details: [{ type: 'reasoning.text', text: one.text, ...details.get(one.block) }],
          })
        const call = calls.get(one.block)
        return call === undefined ? '' : chunk({ tool_calls: [{ index: call, function: { arguments: one.text } }] })
      }
      case 'signature':
        return detail(one.block, { type: 'reasoning.text', text: '', signature: one.signature })
      case 'sealed':
        return detail(one.block, { type: 'reasoning.encrypted', data: one.sealed })
      case 'logprobs':
        return chunk({}, null, { content: writeLogprobs(one.tokens), refusal: null })
      case 'start':
        serviceTier = one.serviceTier ?? serviceTier
        // The name that was asked for stands until it is known who serves.
        model = one.model ?? model
        return ''
      case 'sources':
        sources = one.sources
        return ''
      case 'usage':
        usage = { ...usage, ...one.usage }
        return ''
      case 'finish':
        return chunk(present({ citations: sources }), finishName(one.reason))
      case 'end':
        return `${includeUsage && usage ? event({ ...top(), choices: [], usage: usageBody(usage) }) : ''}data: [DONE]\n\n`
      default:
        return ''
    }
  }
  return {
    push(one) {
      if (one.type === 'open') choices.set(one.block, one.choice ?? 0)
      index = 'block' in one ? (choices.get(one.block) ?? 0) : one.type === 'finish' ? (one.choice ?? 0) : 0
      const written = write(one)
      return written === '' ? '' : (one.type === 'end' && opened.size > 0 ? '' : opening()) + written
    },
  }
}

export const writeChatError = (told: Told): Body => ({
  error: {
    message: told.message,
    type: TYPES[told.status] ?? (told.status < 500 ? 'invalid_request_error' : 'api_error'),
    code: told.code,
    param: told.field,
  },
})

/** Clients of this dialect know an error in a stream by its `error`, and that no `[DONE]` follows. */
export const writeChatStreamError = (told: Told): string => `data: ${JSON.stringify(writeChatError(told))}\n\n`

const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
}

const callOf = (call: { id: string; name: string; signature?: string }, text: string): Body => ({
  id: call.id,
  type: 'function',
  function: { name: call.name, arguments: text },
  ...(call.signature !== undefined && { extra_content: { google: { thought_signature: call.signature } } }),
})

const FINISH_NAMES: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  filtered: 'content_filter',
  refusal: 'content_filter',
  paused: 'stop',
  unknown: 'stop',
}
const finishName = (reason: FinishReason): string => FINISH_NAMES[reason]

export const usageBody = (usage: AnswerUsage): Body => ({
  prompt_tokens: usage.inputTokens,
  completion_tokens: usage.outputTokens,
  total_tokens: usage.inputTokens + usage.outputTokens,
  ...((usage.cacheReadTokens !== undefined || usage.cacheWriteTokens !== undefined) && {
    prompt_tokens_details: present({
      cached_tokens: usage.cacheReadTokens ?? 0,
      cache_write_tokens: usage.cacheWriteTokens,
    }),
  }),
  ...(usage.reasoningTokens !== undefined && {
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  }),
})
