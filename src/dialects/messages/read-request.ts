/** A request of Anthropic's Messages, as a client sends it. */
import { readCache } from '../chat/read-request.ts'
import { type Fields, isRecord, type Json, kindOf, present, readFields, wrong } from '../field-reader.ts'
import type { AnswerFormat, Message, Part, ReadRequest, Settings, Source, Tool } from '../request.ts'
import { functionTool } from '../schema-format.ts'
import { partOfSignature } from './signature.ts'

export function readMessagesRequest(body: Json): ReadRequest {
  const fields = readFields(body)
  fields.take('model')
  const unread: string[] = []
  const system = readContent(fields.take('system'), 'system')
  const messages = (fields.list('messages') ?? []).map((value, index) =>
    readMessage(value, `messages.${index}`, unread),
  )
  const tools = (fields.list('tools') ?? []).map((tool, index) => readTool(tool, `tools.${index}`))
  const stream = fields.flag('stream') ?? false
  const settings = readSettings(fields)
  return {
    request: {
      messages: [...(system.length > 0 ? [{ role: 'system', content: system } as const] : []), ...messages],
      tools,
      stream,
      ...settings,
    },
    unread: [...fields.unread(), ...unread],
  }
}

function readSettings(fields: Fields): Settings {
  const stop = fields.list('stop_sequences')
  if (stop && !stop.every((one) => typeof one === 'string'))
    throw wrong('stop_sequences', '`stop_sequences` is a list of texts.')
  const choice = fields.record('tool_choice')
  const metadata = fields.record('metadata')
  const output = fields.record('output_config')
  const format = (isRecord(output?.format) ? output.format : undefined) ?? fields.record('output_format')
  fields.take('output_format')
  return present({
    maxOutputTokens: fields.number('max_tokens'),
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    topK: fields.number('top_k'),
    stop: stop as string[] | undefined,
    format: readFormat(format),
    reasoning: readThinking(fields.record('thinking'), output?.effort),
    toolChoice: readToolChoice(choice),
    parallelTools:
      typeof choice?.disable_parallel_tool_use === 'boolean' ? !choice.disable_parallel_tool_use : undefined,
    serviceTier: fields.text('service_tier'),
    user: typeof metadata?.user_id === 'string' ? metadata.user_id : undefined,
  })
}

function readThinking(thinking: Json | undefined, effort: unknown): Settings['reasoning'] {
  const named = typeof effort === 'string' ? { effort } : undefined
  if (!thinking) return named
  if (thinking.type === 'disabled') return { ...named, budget: 0 }
  return { ...named, ...(typeof thinking.budget_tokens === 'number' && { budget: thinking.budget_tokens }) }
}

function readFormat(format: Json | undefined): AnswerFormat | undefined {
  if (!format) return undefined
  if (format.type !== 'json_schema' || !isRecord(format.schema))
    throw wrong('output_config.format', '`output_config.format` is json_schema with a `schema`.')
  return { kind: 'schema', name: String(format.name ?? 'answer'), schema: format.schema, strict: true }
}

function readToolChoice(choice: Json | undefined): Settings['toolChoice'] {
  if (!choice) return undefined
  if (choice.type === 'auto' || choice.type === 'none') return { kind: choice.type }
  if (choice.type === 'any') return { kind: 'required' }
  if (choice.type === 'tool' && typeof choice.name === 'string') return { kind: 'tool', name: choice.name }
  throw wrong('tool_choice', '`tool_choice.type` is auto, any, none, or tool with a `name`.')
}

function readMessage(value: unknown, at: string, unread: string[]): Message {
  if (!isRecord(value)) throw wrong(at, 'A message is an object with `role` and `content`.')
  const fields = readFields(value, at)
  const role = fields.text('role')
  if (role !== 'user' && role !== 'assistant' && role !== 'system')
    throw wrong(`${at}.role`, `\`${at}.role\` is user or assistant, found ${role ?? 'nothing'}.`)
  const content = readContent(fields.take('content'), `${at}.content`)
  unread.push(...fields.unread())
  return { role, content }
}

function readContent(content: unknown, at: string): Part[] {
  if (content === undefined) return []
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }]
  if (!Array.isArray(content)) throw wrong(at, `\`${at}\` is a text or a list of blocks, found ${kindOf(content)}.`)
  return content.map((block, index) => readBlock(block, `${at}.${index}`))
}

function readBlock(block: unknown, at: string): Part {
  if (!isRecord(block)) throw wrong(at, 'A block is an object with a `type`.')
  const mark = present({ cache: readCache(block.cache_control) })
  switch (block.type) {
    case 'text':
      return { kind: 'text', text: String(block.text ?? ''), ...mark }
    case 'image':
      return { kind: 'image', source: readSource(block.source, at), ...mark }
    case 'document': {
      const name = typeof block.title === 'string' ? { name: block.title } : {}
      return { kind: 'file', source: readSource(block.source, at), ...name, ...mark }
    }
    case 'tool_use':
      return {
        kind: 'tool-call',
        id: String(block.id ?? ''),
        name: String(block.name ?? ''),
        arguments: JSON.stringify(block.input ?? {}),
        ...mark,
      }
    case 'tool_result':
      return {
        kind: 'tool-result',
        callId: String(block.tool_use_id ?? ''),
        content: readContent(block.content ?? undefined, `${at}.content`),
        ...(block.is_error === true && { isError: true }),
        ...mark,
      }
    case 'thinking':
      return {
        kind: 'reasoning',
        text: String(block.thinking ?? ''),
        ...partOfSignature(block.signature),
      }
    case 'redacted_thinking':
      return { kind: 'reasoning', text: '', sealed: String(block.data ?? '') }
    default:
      return { kind: 'native', wire: 'messages', value: block }
  }
}

function readSource(source: unknown, at: string): Source {
  if (isRecord(source)) {
    if (source.type === 'base64' && typeof source.data === 'string')
      return { kind: 'data', mediaType: String(source.media_type ?? 'application/octet-stream'), base64: source.data }
    if (source.type === 'url' && typeof source.url === 'string') return { kind: 'url', url: source.url }
    if (source.type === 'file' && typeof source.file_id === 'string') return { kind: 'held', id: source.file_id }
    if (source.type === 'text' && typeof source.data === 'string')
      return { kind: 'data', mediaType: 'text/plain', base64: Buffer.from(source.data, 'utf8').toString('base64') }
  }
  throw wrong(`${at}.source`, `\`${at}.source\` is base64, url, file or text.`)
}

function readTool(tool: unknown, at: string): Tool {
  if (!isRecord(tool)) throw wrong(at, 'A tool is an object.')
  if (tool.type !== undefined && tool.type !== null && tool.type !== 'custom')
    return { kind: 'native', wire: 'messages', value: tool }
  if (typeof tool.name !== 'string') throw wrong(`${at}.name`, 'A tool has a `name`.')
  return { ...functionTool(tool.name, tool, tool.input_schema), ...present({ cache: readCache(tool.cache_control) }) }
}
