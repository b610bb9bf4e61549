/** A request as OpenAI's chat completions take it, and the many servers that speak like it. */
import { as, type Carry, carryAll, type Loss, lost } from '../carry.ts'
import type { WriteAsk, WrittenRequest } from '../dialect.ts'
import { present } from '../field-reader.ts'
import { applyQuirks } from '../quirks.ts'
import type { CacheMark, CanonicalRequest, Message, Part, Source, Tool } from '../request.ts'

type Body = Record<string, unknown>

export function writeChatRequest(request: CanonicalRequest, { model, quirks }: WriteAsk): WrittenRequest {
  const losses: Loss[] = []
  const body: Body = {
    model,
    messages: request.messages.flatMap((message, index) => writeMessage(message, `messages.${index}`, losses)),
  }
  const tools = request.tools.flatMap((tool, index) => writeTool(tool, `tools.${index}`, losses))
  if (tools.length > 0) body.tools = tools
  losses.push(...carryAll(CARRY, request, body))
  if (request.stream) Object.assign(body, { stream: true, stream_options: { include_usage: true } })
  if (quirks) losses.push(...applyQuirks(body, quirks))
  return { body, losses }
}

const CARRY: Carry = {
  maxOutputTokens: as('max_completion_tokens'),
  temperature: as('temperature'),
  topP: as('top_p'),
  topK: as('top_k'),
  minP: as('min_p'),
  stop: as('stop'),
  seed: as('seed'),
  choices: as('n'),
  logprobs({ top }, body) {
    body.logprobs = true
    if (top > 0) body.top_logprobs = top
  },
  presencePenalty: as('presence_penalty'),
  frequencyPenalty: as('frequency_penalty'),
  repetitionPenalty: as('repetition_penalty'),
  logitBias: as('logit_bias'),
  format(format, body) {
    if (format.kind === 'json') body.response_format = { type: 'json_object' }
    if (format.kind !== 'schema') return
    const { name, schema, description, strict } = format
    body.response_format = { type: 'json_schema', json_schema: present({ name, description, schema, strict }) }
  },
  verbosity: as('verbosity'),
  reasoning({ effort, budget }, body) {
    const named = effort ?? (budget === undefined ? undefined : effortOf(budget))
    if (named) body.reasoning_effort = named
  },
  toolChoice(choice, body) {
    body.tool_choice = choice.kind === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.kind
  },
  parallelTools: as('parallel_tool_calls'),
  serviceTier: as('service_tier'),
  user: as('user'),
  metadata: as('metadata'),
  cacheKey: as('prompt_cache_key'),
  store: as('store'),
}

/** Thinking by tokens as thinking by effort; the steps are those of the AI SDK's and OpenRouter's tables. */
export const effortOf = (budget: number): string =>
  budget <= 0 ? 'minimal' : budget <= 4_096 ? 'low' : budget <= 12_288 ? 'medium' : 'high'

function writeMessage(message: Message, at: string, losses: Loss[]): Body[] {
  const { role, content } = message
  const named = message.name ? { name: message.name } : {}
  if (role === 'assistant') return [{ role, ...named, ...writeAssistant(content, at, losses) }]
  const results = content.filter((part) => part.kind === 'tool-result')
  const others = content.filter((part) => part.kind !== 'tool-result')
  const messages: Body[] = results.map((result) => ({
    role: 'tool',
    tool_call_id: result.callId,
    content: writeContent(
      result.isError && result.content.length === 0 ? [{ kind: 'text', text: 'error' }] : result.content,
      at,
      losses,
    ),
  }))
  if (others.length > 0 || results.length === 0)
    messages.push({ role, ...named, content: writeContent(others, at, losses) })
  return messages
}

function writeAssistant(content: readonly Part[], at: string, losses: Loss[]): Body {
  const texts: Part[] = []
  const calls: Body[] = []
  const reasoning: Body[] = []
  let refusal: string | undefined
  for (const part of content) {
    if (part.kind === 'tool-call')
      calls.push({
        id: part.id,
        type: 'function',
        function: { name: part.name, arguments: part.arguments },
        ...(part.signature !== undefined && { extra_content: { google: { thought_signature: part.signature } } }),
      })
    else if (part.kind === 'reasoning') reasoning.push(reasoningDetail(part))
    else if (part.kind === 'refusal') refusal = part.text
    else texts.push(part)
  }
  return present({
    content: texts.length === 0 ? null : writeContent(texts, at, losses),
    refusal,
    reasoning_details: reasoning.length > 0 ? reasoning : undefined,
    tool_calls: calls.length > 0 ? calls : undefined,
  })
}

export const reasoningDetail = (part: { text: string; signature?: string; sealed?: string; id?: string }): Body =>
  part.sealed === undefined
    ? {
        type: 'reasoning.text',
        ...present({ id: part.id }),
        text: part.text,
        ...present({ signature: part.signature }),
      }
    : { type: 'reasoning.encrypted', ...present({ id: part.id }), data: part.sealed }

/** One text stays a text: older servers know no lists of parts. */
function writeContent(parts: readonly Part[], at: string, losses: Loss[]): unknown {
  const [only] = parts
  if (parts.length === 0) return ''
  if (parts.length === 1 && only?.kind === 'text' && !only.cache) return only.text
  return parts.flatMap((part, index) => writePart(part, `${at}.content.${index}`, losses))
}

function writePart(part: Part, at: string, losses: Loss[]): Body[] {
  switch (part.kind) {
    case 'text':
      return [{ type: 'text', text: part.text, ...cacheOf(part.cache) }]
    case 'image': {
      const url = addressOf(part.source)
      if (url === undefined) return losing(`${at}.image`, losses)
      return [{ type: 'image_url', image_url: present({ url, detail: part.detail }), ...cacheOf(part.cache) }]
    }
    case 'file': {
      const { source, name } = part
      if (source.kind === 'url') return losing(`${at}.file`, losses)
      const file =
        source.kind === 'held' ? { file_id: source.id } : { filename: name ?? 'file', file_data: addressOf(source) }
      return [{ type: 'file', file, ...cacheOf(part.cache) }]
    }
    case 'audio':
      return [{ type: 'input_audio', input_audio: { data: part.base64, format: part.format } }]
    case 'refusal':
      return [{ type: 'text', text: part.text }]
    case 'native':
      return part.wire === 'chat' ? [part.value] : losing(`${at}.${String(part.value.type ?? part.wire)}`, losses)
    default:
      return losing(`${at}.${part.kind}`, losses)
  }
}

/** A part of the conversation that is left out changes what the model reads. */
export const losing = (field: string, losses: Loss[]): never[] => {
  losses.push(lost(field, true))
  return []
}

/** As a `data:` or web address; undefined for what only another provider holds. */
export const addressOf = (source: Source): string | undefined =>
  source.kind === 'data'
    ? `data:${source.mediaType};base64,${source.base64}`
    : source.kind === 'url'
      ? source.url
      : undefined

export const cacheOf = (cache: CacheMark | undefined): Body =>
  cache ? { cache_control: { type: 'ephemeral', ...(cache.ttl && { ttl: cache.ttl }) } } : {}

function writeTool(tool: Tool, at: string, losses: Loss[]): Body[] {
  if (tool.kind === 'native') return tool.wire === 'chat' ? [tool.value] : losing(at, losses)
  const { name, description, schema, strict, cache } = tool
  return [{ type: 'function', function: present({ name, description, parameters: schema, strict }), ...cacheOf(cache) }]
}
