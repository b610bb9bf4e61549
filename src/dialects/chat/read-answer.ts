/** What a server of the chat dialect answers, whole or as a stream. */
import type { Answer, AnswerBlock, AnswerEvent, AnswerUsage, FinishReason } from '../answer.ts'
import type { StreamReader } from '../dialect.ts'
import { count, isRecord, type Json, parsedJson, present, textIn, unreadable } from '../field-reader.ts'
import { readLogprobs } from '../logprobs.ts'

export function readChatAnswer(body: unknown): Answer {
  if (!isRecord(body)) throw unreadable('chat', 'it is no JSON object')
  if (isRecord(body.error)) return failedAnswer(body.error)
  const choice = Array.isArray(body.choices) ? body.choices[0] : undefined
  if (!isRecord(choice) || !isRecord(choice.message)) throw unreadable('chat', 'it holds no message')
  return {
    id: textIn(body.id) ?? null,
    model: textIn(body.model) ?? null,
    ...choiceOf(choice, choice.message, textIn(body.id)),
    ...present({ serviceTier: textIn(body.service_tier) }),
    usage: isRecord(body.usage) ? (chatUsage(body.usage) ?? null) : null,
    error: null,
    isWhole: true,
  }
}

function choiceOf(choice: Json, message: Json, id: string | undefined): Pick<Answer, 'blocks' | 'finish'> {
  const finish = textIn(choice.finish_reason)
  const logprobs = isRecord(choice.logprobs) ? readLogprobs(choice.logprobs.content) : undefined
  return {
    blocks: blocksOf(message, id).map((block) => (block.kind === 'text' && logprobs ? { ...block, logprobs } : block)),
    finish: finish === undefined ? null : { reason: chatFinish(finish) },
  }
}

export const failedAnswer = (error: Json): Answer => ({
  id: null,
  model: null,
  blocks: [],
  finish: null,
  usage: null,
  error: { code: String(error.code ?? error.type ?? 'error'), message: String(error.message ?? 'no reason given') },
  isWhole: true,
})

function blocksOf(message: Json, answer: string | undefined): AnswerBlock[] {
  const details = Array.isArray(message.reasoning_details) ? message.reasoning_details.filter(isRecord) : []
  const plain = reasoningText(message)
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls.filter(isRecord) : []
  return [
    ...(details.length > 0
      ? details.map(
          (detail): AnswerBlock => ({
            kind: 'reasoning',
            text: textIn(detail.text) ?? textIn(detail.summary) ?? '',
            ...present({ signature: textIn(detail.signature), sealed: textIn(detail.data), id: textIn(detail.id) }),
          }),
        )
      : plain
        ? [{ kind: 'reasoning', text: plain } as const]
        : []),
    ...(textIn(message.content) ? [{ kind: 'text', text: String(message.content) } as const] : []),
    ...(textIn(message.refusal) ? [{ kind: 'refusal', text: String(message.refusal) } as const] : []),
    ...calls.map((call, place): AnswerBlock => {
      const made = isRecord(call.function) ? call.function : {}
      return {
        kind: 'tool-call',
        id: textIn(call.id) || idOf(answer, place),
        name: String(made.name ?? ''),
        // Some servers send an object where a text belongs.
        arguments: isRecord(made.arguments) ? JSON.stringify(made.arguments) : String(made.arguments ?? ''),
        ...present({ signature: signatureOf(call) }),
      }
    }),
  ]
}

/** For servers that give their calls no id: a result has to name one. */
const idOf = (answer: string | undefined, place: number): string => `call_${answer ?? 'of'}_${place}`

/** `reasoning_content` is DeepSeek's and vLLM's name, `reasoning` that of OpenRouter, Groq and Ollama. */
const reasoningText = (words: Json): string | undefined => textIn(words.reasoning_content) ?? textIn(words.reasoning)

const signatureOf = (call: Json): string | undefined => {
  const google = isRecord(call.extra_content) ? call.extra_content.google : undefined
  return isRecord(google) ? textIn(google.thought_signature) : undefined
}

/**
 * A stream's chunks. Blocks open when their first piece comes; a tool call is known by its `index`, and by its id
 * where a server leaves the index out. Only the first choice is read.
 */
export function createChatReader(): StreamReader {
  const open = new Map<string, number>()
  let blocks = 0
  let hasStarted = false
  let answer: string | undefined
  let finished = false
  let ended = false

  /** The arguments of calls so far, by block: one that is whole JSON has ended. */
  const written = new Map<number, string>()

  const blockFor = (key: string, start: Extract<AnswerEvent, { type: 'open' }>['start'], events: AnswerEvent[]) => {
    const known = open.get(key)
    if (known !== undefined) return known
    closeEnded(events)
    const block = blocks++
    if (start.kind === 'tool-call') written.set(block, '')
    open.set(key, block)
    events.push({ type: 'open', block, start })
    return block
  }
  /** Nothing says that a block has ended, but the next one begins: texts end then, calls when they are whole. */
  const closeEnded = (events: AnswerEvent[]) => {
    for (const [key, block] of open) {
      const text = written.get(block)
      if (text !== undefined && !isRecord(parsedJson(text))) continue
      events.push({ type: 'close', block })
      open.delete(key)
    }
  }
  const say = (key: string, kind: 'text' | 'refusal' | 'reasoning', text: unknown, events: AnswerEvent[]) => {
    if (typeof text !== 'string' || text === '') return
    events.push({ type: 'delta', block: blockFor(key, { kind }, events), text })
  }
  const closeAll = (events: AnswerEvent[]) => {
    for (const block of open.values()) events.push({ type: 'close', block })
    open.clear()
  }
  const readCalls = (list: unknown, events: AnswerEvent[]) => {
    if (!Array.isArray(list)) return
    for (const [place, call] of list.entries()) {
      if (!isRecord(call)) continue
      const made = isRecord(call.function) ? call.function : {}
      const id = textIn(call.id)
      const key = `call ${typeof call.index === 'number' ? call.index : id || place}`
      const name = textIn(made.name)
      // Two calls under one index are two calls: some servers count none.
      if (id && name && open.has(key) && !ids.has(`${key} ${id}`)) closeEnded(events)
      if (id) ids.add(`${key} ${id}`)
      const block = blockFor(
        key,
        {
          kind: 'tool-call',
          id: id || idOf(answer, blocks),
          name: name ?? '',
          ...present({ signature: signatureOf(call) }),
        },
        events,
      )
      const text = isRecord(made.arguments) ? JSON.stringify(made.arguments) : textIn(made.arguments)
      if (!text) continue
      written.set(block, (written.get(block) ?? '') + text)
      events.push({ type: 'delta', block, text })
    }
  }
  const ids = new Set<string>()

  const readDetails = (list: unknown, events: AnswerEvent[]) => {
    if (!Array.isArray(list)) return
    for (const [place, detail] of list.entries()) {
      if (!isRecord(detail)) continue
      const key = `detail ${String(detail.index ?? detail.id ?? place)}`
      const block = blockFor(key, { kind: 'reasoning', ...present({ id: textIn(detail.id) }) }, events)
      const text = textIn(detail.text) ?? textIn(detail.summary)
      if (text) events.push({ type: 'delta', block, text })
      const signature = textIn(detail.signature)
      if (signature) events.push({ type: 'signature', block, signature })
      const sealed = textIn(detail.data)
      if (sealed) events.push({ type: 'sealed', block, sealed })
    }
  }

  return {
    push(data) {
      if (ended) return []
      const events: AnswerEvent[] = []
      if (data.trim() === '[DONE]') {
        ended = true
        closeAll(events)
        events.push({ type: 'end' })
        return events
      }
      const value = parsedJson(data)
      if (!isRecord(value)) throw unreadable('chat', 'an event of the stream is not JSON')
      if (isRecord(value.error) || typeof value.error === 'string') {
        const { error } = value
        const { code, message } = failedAnswer(isRecord(error) ? error : { message: error }).error ?? {}
        return [{ type: 'error', code: code ?? 'error', message: message ?? 'error' }]
      }
      if (!hasStarted && (value.id || value.model)) {
        hasStarted = true
        answer = textIn(value.id) || undefined
        events.push({
          type: 'start',
          ...present({
            id: textIn(value.id) || undefined,
            model: textIn(value.model) || undefined,
            serviceTier: textIn(value.service_tier),
          }),
        })
      } else if (typeof value.model === 'string' && value.model !== '' && blocks === 0)
        // A router names the model that it chose only in a later chunk.
        events.push({ type: 'start', model: value.model })
      const choice = Array.isArray(value.choices) ? value.choices.find((one) => isRecord(one) && !one.index) : undefined
      if (isRecord(choice)) {
        const delta = isRecord(choice.delta) ? choice.delta : isRecord(choice.message) ? choice.message : {}
        if (Array.isArray(delta.reasoning_details) && delta.reasoning_details.length > 0)
          readDetails(delta.reasoning_details, events)
        else say('reasoning', 'reasoning', reasoningText(delta), events)
        say('text', 'text', delta.content, events)
        const tokens = isRecord(choice.logprobs) ? readLogprobs(choice.logprobs.content) : undefined
        const block = open.get('text')
        if (tokens && block !== undefined) events.push({ type: 'logprobs', block, tokens })
        say('refusal', 'refusal', delta.refusal, events)
        readCalls(delta.tool_calls, events)
        const finish = textIn(choice.finish_reason)
        if (finish && !finished) {
          finished = true
          closeAll(events)
          events.push({ type: 'finish', reason: chatFinish(finish) })
        }
      }
      const usage = isRecord(value.usage) ? chatUsage(value.usage) : undefined
      if (usage) events.push({ type: 'usage', usage })
      return events
    },
    end() {
      if (ended) return []
      ended = true
      const events: AnswerEvent[] = []
      closeAll(events)
      // Some servers say why they stopped and forget `[DONE]`; a stream without either was broken off.
      if (finished) events.push({ type: 'end' })
      return events
    },
  }
}

const FINISHES: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'filtered',
}
export const chatFinish = (finish: string): FinishReason => FINISHES[finish] ?? 'unknown'

/** Undefined when it counts nothing. */
export function chatUsage(usage: Json): AnswerUsage | undefined {
  const input = count(usage.prompt_tokens)
  if (input === undefined) return undefined
  const prompt = isRecord(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {}
  const completion = isRecord(usage.completion_tokens_details) ? usage.completion_tokens_details : {}
  return {
    inputTokens: input,
    outputTokens: count(usage.completion_tokens) ?? 0,
    ...present({
      // DeepSeek counts beside the details.
      cacheReadTokens: count(prompt.cached_tokens) ?? count(usage.prompt_cache_hit_tokens),
      cacheWriteTokens: count(prompt.cache_write_tokens) ?? count(prompt.cache_creation_tokens),
      inputAudioTokens: count(prompt.audio_tokens) || undefined,
      reasoningTokens: count(completion.reasoning_tokens),
      outputAudioTokens: count(completion.audio_tokens) || undefined,
    }),
  }
}
