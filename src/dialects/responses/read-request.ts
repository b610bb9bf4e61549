/** A request of OpenAI's Responses, as a client sends it. */
import { sourceOf } from '../chat/read-request.ts'
import { type Fields, isRecord, type Json, kindOf, present, readFields, wrong } from '../field-reader.ts'
import type { AnswerFormat, Message, Part, ReadRequest, Settings, Tool } from '../request.ts'
import { functionTool, schemaFormat } from '../schema-format.ts'
import { partOfSealed } from './sealed-reasoning.ts'

/** Fields about keeping the response, which the gateway itself answers for. */
const KEPT_ELSEWHERE = ['model', 'previous_response_id', 'stream_options', 'include']

export function readResponsesRequest(body: Json): ReadRequest {
  const fields = readFields(body)
  for (const name of KEPT_ELSEWHERE) fields.take(name)
  const instructions = fields.text('instructions')
  const input = fields.take('input')
  const messages = readInput(input)
  const tools = (fields.list('tools') ?? []).map((tool, index) => readTool(tool, `tools.${index}`))
  const stream = fields.flag('stream') ?? false
  return {
    request: {
      messages: [
        ...(instructions ? [{ role: 'system', content: [{ kind: 'text', text: instructions }] } as const] : []),
        ...messages,
      ],
      tools,
      stream,
      ...readSettings(fields),
    },
    unread: fields.unread(),
  }
}

function readSettings(fields: Fields): Settings {
  const reasoning = fields.record('reasoning')
  const text = fields.record('text')
  const top = fields.number('top_logprobs')
  const safety = fields.text('safety_identifier')
  const user = fields.text('user')
  // The default, which every provider follows.
  if (fields.take('truncation') === 'auto')
    throw wrong('truncation', '`truncation` auto is not offered here; leave it out and shorten the input.')
  if (fields.take('background') === true) throw wrong('background', '`background` is not offered here; leave it out.')
  return present({
    maxOutputTokens: fields.number('max_output_tokens'),
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    logprobs: top ? { top } : undefined,
    format: readFormat(text?.format),
    verbosity: typeof text?.verbosity === 'string' ? text.verbosity : undefined,
    reasoning:
      reasoning &&
      present({
        effort: typeof reasoning.effort === 'string' ? reasoning.effort : undefined,
        summary: typeof reasoning.summary === 'string' ? reasoning.summary : undefined,
      }),
    toolChoice: readToolChoice(fields.take('tool_choice')),
    parallelTools: fields.flag('parallel_tool_calls'),
    serviceTier: fields.text('service_tier'),
    user: safety ?? user,
    metadata: fields.record('metadata') as Settings['metadata'],
    cacheKey: fields.text('prompt_cache_key'),
    store: fields.flag('store'),
  })
}

/** Items follow each other without turns: those of the model are one turn until somebody else speaks. */
export function readInput(input: unknown): Message[] {
  if (typeof input === 'string') return input === '' ? [] : [{ role: 'user', content: [{ kind: 'text', text: input }] }]
  if (input === undefined) return []
  if (!Array.isArray(input)) throw wrong('input', `\`input\` is a text or a list of items, found ${kindOf(input)}.`)
  const messages: Message[] = []
  const add = (role: Message['role'], content: readonly Part[], mayJoin: boolean) => {
    const last = messages.at(-1)
    if (mayJoin && last?.role === role)
      messages[messages.length - 1] = { ...last, content: [...last.content, ...content] }
    else messages.push({ role, content })
  }
  for (const [index, item] of input.entries()) {
    const at = `input.${index}`
    if (!isRecord(item)) throw wrong(at, 'An item is an object.')
    switch (item.type ?? 'message') {
      case 'message': {
        const role = roleOf(item.role, at)
        add(role, readContent(item.content, `${at}.content`), role === 'assistant')
        break
      }
      case 'function_call':
        add('assistant', [readCall(item)], true)
        break
      case 'function_call_output':
        add('user', [readOutput(item, at)], messages.at(-1)?.content[0]?.kind === 'tool-result')
        break
      case 'reasoning':
        add('assistant', [readReasoning(item)], true)
        break
      default:
        add('assistant', [{ kind: 'native', wire: 'responses', value: item }], true)
    }
  }
  return messages
}

function roleOf(role: unknown, at: string): Message['role'] {
  if (role === 'system' || role === 'developer') return 'system'
  if (role === 'user' || role === 'assistant') return role
  throw wrong(`${at}.role`, `\`${at}.role\` is system, developer, user or assistant, found ${String(role)}.`)
}

const readCall = (item: Json): Part => ({
  kind: 'tool-call',
  id: String(item.call_id ?? item.id ?? ''),
  name: String(item.name ?? ''),
  arguments: String(item.arguments ?? ''),
})

const readOutput = (item: Json, at: string): Part => ({
  kind: 'tool-result',
  callId: String(item.call_id ?? ''),
  content: readContent(item.output ?? '', `${at}.output`),
  ...(item.status === 'incomplete' && { isError: true }),
})

export function readReasoning(item: Json): Part {
  const texts = [...asList(item.summary), ...asList(item.content)].map((one) => String(one.text ?? ''))
  return {
    kind: 'reasoning',
    text: texts.join('\n'),
    ...partOfSealed(item.encrypted_content),
    ...(typeof item.id === 'string' && { id: item.id }),
  }
}

const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : [])

function readContent(content: unknown, at: string): Part[] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }]
  if (!Array.isArray(content)) throw wrong(at, `\`${at}\` is a text or a list of parts, found ${kindOf(content)}.`)
  return content.map((part, index) => readPart(part, `${at}.${index}`))
}

function readPart(part: unknown, at: string): Part {
  if (!isRecord(part)) throw wrong(at, 'A part is an object with a `type`.')
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return { kind: 'text', text: String(part.text ?? '') }
    case 'refusal':
      return { kind: 'refusal', text: String(part.refusal ?? '') }
    case 'input_image': {
      const source = typeof part.file_id === 'string' ? ({ kind: 'held', id: part.file_id } as const) : undefined
      if (!source && typeof part.image_url !== 'string')
        throw wrong(`${at}.image_url`, 'An image has an `image_url` or a `file_id`.')
      return {
        kind: 'image',
        source: source ?? sourceOf(String(part.image_url)),
        ...(typeof part.detail === 'string' && { detail: part.detail }),
      }
    }
    case 'input_file': {
      const name = typeof part.filename === 'string' ? { name: part.filename } : {}
      if (typeof part.file_id === 'string') return { kind: 'file', source: { kind: 'held', id: part.file_id }, ...name }
      const address = part.file_data ?? part.file_url
      if (typeof address !== 'string') throw wrong(at, 'A file has `file_data`, `file_url` or `file_id`.')
      return { kind: 'file', source: sourceOf(address), ...name }
    }
    case 'input_audio': {
      const audio = isRecord(part.input_audio) ? part.input_audio : part
      return { kind: 'audio', base64: String(audio.data ?? ''), format: String(audio.format ?? '') }
    }
    default:
      return { kind: 'native', wire: 'responses', value: part }
  }
}

function readTool(tool: unknown, at: string): Tool {
  if (!isRecord(tool)) throw wrong(at, 'A tool is an object with a `type`.')
  if (tool.type !== 'function') return { kind: 'native', wire: 'responses', value: tool }
  if (typeof tool.name !== 'string') throw wrong(`${at}.name`, 'A function has a `name`.')
  return functionTool(tool.name, tool, tool.parameters)
}

function readFormat(format: unknown): AnswerFormat | undefined {
  if (!isRecord(format) || format.type === 'text') return undefined
  if (format.type === 'json_object') return { kind: 'json' }
  if (format.type !== 'json_schema' || !isRecord(format.schema))
    throw wrong('text.format', '`text.format` is text, json_object, or json_schema with a `schema`.')
  return schemaFormat(format, format.schema)
}

function readToolChoice(choice: unknown): Settings['toolChoice'] {
  if (choice === undefined) return undefined
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { kind: choice }
  if (isRecord(choice) && choice.type === 'function' && typeof choice.name === 'string')
    return { kind: 'tool', name: choice.name }
  throw wrong('tool_choice', '`tool_choice` is auto, none, required, or a function by its name.')
}
