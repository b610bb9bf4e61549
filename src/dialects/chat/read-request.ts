/** A request of OpenAI's chat completions, as a client sends it. */
import {
  dataUrl,
  type Fields,
  isRecord,
  type Json,
  kindOf,
  parsedJson,
  present,
  readFields,
  wrong,
} from '../field-reader.ts'
import type {
  AnswerFormat,
  CacheMark,
  CanonicalRequest,
  Message,
  Part,
  ReadRequest,
  Settings,
  Source,
  Tool,
} from '../request.ts'
import { functionTool, schemaFormat } from '../schema-format.ts'

export function readChatRequest(body: Json): ReadRequest {
  const fields = readFields(body)
  fields.take('model')
  const unread: string[] = []
  const messages = readMessages(fields.list('messages') ?? [], unread)
  const stream = fields.flag('stream') ?? false
  // Whether the usage is told at the end of a stream is between the client and us.
  fields.take('stream_options')
  // What every provider does unless it is told otherwise.
  if (String(body.modalities) === 'text') fields.take('modalities')
  const request: CanonicalRequest = {
    messages,
    tools: (fields.list('tools') ?? []).map((tool, index) => readTool(tool, `tools.${index}`)),
    stream,
    ...readSettings(fields),
  }
  return { request, unread: [...fields.unread(), ...unread] }
}

/** Under the names of this dialect. */
export const CHAT_NAMES: { readonly [Field in keyof Required<Settings>]: string } = {
  maxOutputTokens: 'max_completion_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  minP: 'min_p',
  stop: 'stop',
  seed: 'seed',
  choices: 'n',
  logprobs: 'logprobs',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  repetitionPenalty: 'repetition_penalty',
  logitBias: 'logit_bias',
  format: 'response_format',
  verbosity: 'verbosity',
  reasoning: 'reasoning_effort',
  toolChoice: 'tool_choice',
  parallelTools: 'parallel_tool_calls',
  serviceTier: 'service_tier',
  user: 'user',
  metadata: 'metadata',
  cacheKey: 'prompt_cache_key',
  store: 'store',
}

function readSettings(fields: Fields): Settings {
  const limit = fields.number('max_completion_tokens')
  const oldLimit = fields.number('max_tokens')
  const wantsLogprobs = fields.flag('logprobs')
  const top = fields.number('top_logprobs')
  const stop = fields.take('stop')
  const effort = fields.text('reasoning_effort')
  const safety = fields.text('safety_identifier')
  const user = fields.text('user')
  return present({
    maxOutputTokens: limit ?? oldLimit,
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    topK: fields.number('top_k'),
    minP: fields.number('min_p'),
    stop: stop === undefined ? undefined : readStop(stop),
    seed: fields.number('seed'),
    choices: fields.number('n'),
    logprobs: wantsLogprobs ? { top: top ?? 0 } : undefined,
    presencePenalty: fields.number('presence_penalty'),
    frequencyPenalty: fields.number('frequency_penalty'),
    repetitionPenalty: fields.number('repetition_penalty'),
    logitBias: fields.record('logit_bias') as Settings['logitBias'],
    format: readFormat(fields.record('response_format')),
    verbosity: fields.text('verbosity'),
    reasoning: effort === undefined ? undefined : { effort },
    toolChoice: readToolChoice(fields.take('tool_choice')),
    parallelTools: fields.flag('parallel_tool_calls'),
    serviceTier: fields.text('service_tier'),
    user: safety ?? user,
    metadata: fields.record('metadata') as Settings['metadata'],
    cacheKey: fields.text('prompt_cache_key'),
    store: fields.flag('store'),
  })
}

function readMessages(list: readonly unknown[], unread: string[]): Message[] {
  const messages: Message[] = []
  for (const [index, value] of list.entries()) {
    const at = `messages.${index}`
    if (!isRecord(value)) throw wrong(at, 'A message is an object with `role` and `content`.')
    const fields = readFields(value, at)
    const role = fields.text('role')
    const content = readContent(fields.take('content'), `${at}.content`)
    const name = fields.text('name')
    switch (role) {
      case 'system':
      case 'developer':
        messages.push({ role: 'system', content, ...(name && { name }) })
        break
      case 'user':
        messages.push({ role: 'user', content, ...(name && { name }) })
        break
      case 'assistant':
        messages.push({ role: 'assistant', content: readAssistant(fields, content), ...(name && { name }) })
        break
      case 'tool': {
        const callId = fields.text('tool_call_id')
        if (!callId) throw wrong(`${at}.tool_call_id`, 'A message of a tool names the call that it answers.')
        addResult(messages, { kind: 'tool-result', callId, content })
        break
      }
      default:
        throw wrong(
          `${at}.role`,
          `\`${at}.role\` is system, developer, user, assistant or tool, found ${role ?? 'nothing'}.`,
        )
    }
    unread.push(...fields.unread())
  }
  return messages
}

/** Results that follow each other belong to one turn: other dialects know them as parts of the user's message. */
function addResult(messages: Message[], result: Part): void {
  const last = messages.at(-1)
  if (last?.role === 'user' && last.content.every(({ kind }) => kind === 'tool-result'))
    messages[messages.length - 1] = { ...last, content: [...last.content, result] }
  else messages.push({ role: 'user', content: [result] })
}

function readAssistant(fields: Fields, content: Part[]): Part[] {
  const details = (fields.list('reasoning_details') ?? []).filter(isRecord)
  // The list says the same as the text, with signatures.
  const plain = fields.text('reasoning_content') ?? fields.text('reasoning')
  fields.take('reasoning')
  const refusal = fields.text('refusal')
  const calls = fields.list('tool_calls') ?? []
  // What other answers of ours say besides; nothing that a model is asked with.
  for (const name of ['annotations', 'audio', 'function_call', 'citations']) fields.take(name)
  return [
    ...(details.length > 0 ? details.map(readReasoning) : plain ? [{ kind: 'reasoning', text: plain } as const] : []),
    ...content,
    ...(refusal ? [{ kind: 'refusal', text: refusal } as const] : []),
    ...calls.map((call, index) => readCall(call, fields.path(`tool_calls.${index}`))),
  ]
}

/** OpenRouter's `reasoning_details`, which carry what a provider must get back to go on thinking. */
const readReasoning = (detail: Json): Part => ({
  kind: 'reasoning',
  text: String(detail.text ?? detail.summary ?? ''),
  ...present({
    signature: typeof detail.signature === 'string' ? detail.signature : undefined,
    sealed: typeof detail.data === 'string' ? detail.data : undefined,
    id: typeof detail.id === 'string' ? detail.id : undefined,
  }),
})

function readCall(value: unknown, at: string): Part {
  if (!isRecord(value) || !isRecord(value.function) || typeof value.function.name !== 'string')
    throw wrong(at, 'A tool call has `id` and `function: {name, arguments}`.')
  const google = isRecord(value.extra_content) ? value.extra_content.google : undefined
  const signature = isRecord(google) ? google.thought_signature : undefined
  return {
    kind: 'tool-call',
    id: String(value.id ?? ''),
    name: value.function.name,
    arguments: typeof value.function.arguments === 'string' ? value.function.arguments : '',
    ...(typeof signature === 'string' && { signature }),
  }
}

function readContent(content: unknown, at: string): Part[] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }]
  if (!Array.isArray(content)) throw wrong(at, `\`${at}\` is a text or a list of parts, found ${kindOf(content)}.`)
  return content.map((part, index) => readPart(part, `${at}.${index}`))
}

function readPart(part: unknown, at: string): Part {
  if (!isRecord(part)) throw wrong(at, 'A part is an object with a `type`.')
  const mark = present({ cache: readCache(part.cache_control) })
  switch (part.type) {
    case 'text':
      return { kind: 'text', text: String(part.text ?? ''), ...mark }
    case 'refusal':
      return { kind: 'refusal', text: String(part.refusal ?? '') }
    case 'image_url': {
      const image = isRecord(part.image_url) ? part.image_url : { url: part.image_url }
      if (typeof image.url !== 'string')
        throw wrong(`${at}.image_url.url`, 'An image has an address in `image_url.url`.')
      return {
        kind: 'image',
        source: sourceOf(image.url),
        ...(typeof image.detail === 'string' && { detail: image.detail }),
        ...mark,
      }
    }
    case 'input_audio': {
      const audio = isRecord(part.input_audio) ? part.input_audio : {}
      return { kind: 'audio', base64: String(audio.data ?? ''), format: String(audio.format ?? '') }
    }
    case 'file': {
      const file = isRecord(part.file) ? part.file : {}
      const named = typeof file.filename === 'string' ? { name: file.filename } : {}
      if (typeof file.file_id === 'string')
        return { kind: 'file', source: { kind: 'held', id: file.file_id }, ...named, ...mark }
      if (typeof file.file_data !== 'string') throw wrong(`${at}.file`, 'A file has `file_data` or `file_id`.')
      return { kind: 'file', source: sourceOf(file.file_data), ...named, ...mark }
    }
    default:
      return { kind: 'native', wire: 'chat', value: part }
  }
}

export const sourceOf = (url: string): Source => {
  const data = dataUrl(url)
  return data ? { kind: 'data', ...data } : { kind: 'url', url }
}

/** Anthropic's `cache_control`, which clients of the chat dialect send too. */
export function readCache(value: unknown): CacheMark | undefined {
  if (!isRecord(value)) return undefined
  return { ttl: value.ttl === '1h' || value.ttl === '5m' ? value.ttl : null }
}

function readTool(tool: unknown, at: string): Tool {
  if (!isRecord(tool)) throw wrong(at, 'A tool is an object with a `type`.')
  if (tool.type !== 'function') return { kind: 'native', wire: 'chat', value: tool }
  const { function: found } = tool
  if (!isRecord(found) || typeof found.name !== 'string') throw wrong(`${at}.function.name`, 'A function has a `name`.')
  return { ...functionTool(found.name, found, found.parameters), ...present({ cache: readCache(tool.cache_control) }) }
}

function readStop(stop: unknown): string[] {
  const list = Array.isArray(stop) ? stop : [stop]
  if (list.every((one): one is string => typeof one === 'string')) return list
  throw wrong('stop', '`stop` is a text or a list of texts.')
}

function readFormat(format: Json | undefined): AnswerFormat | undefined {
  if (!format || format.type === 'text') return undefined
  if (format.type === 'json_object') return { kind: 'json' }
  const { json_schema: schema } = format
  if (format.type !== 'json_schema' || !isRecord(schema) || !isRecord(schema.schema))
    throw wrong('response_format', '`response_format` is text, json_object, or json_schema with a `schema`.')
  return schemaFormat(schema, schema.schema)
}

function readToolChoice(choice: unknown): Settings['toolChoice'] {
  if (choice === undefined) return undefined
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { kind: choice }
  // Mistral's word.
  if (choice === 'any') return { kind: 'required' }
  const named = isRecord(choice) && isRecord(choice.function) ? choice.function.name : undefined
  if (typeof named === 'string') return { kind: 'tool', name: named }
  throw wrong('tool_choice', '`tool_choice` is auto, none, required, or a function by its name.')
}

/** Arguments as an object, for dialects that send them so. What does not parse goes on under `_raw`. */
export const argumentsOf = (text: string): Json => {
  const value = text.trim() === '' ? {} : parsedJson(text)
  return isRecord(value) ? value : { _raw: text }
}
