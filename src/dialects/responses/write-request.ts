/** A request as OpenAI's Responses take it. */
import { as, type Carry, carryAll, type Loss, lost } from '../carry.ts'
import { addressOf, effortOf, losing } from '../chat/write-request.ts'
import type { WriteAsk, WrittenRequest } from '../dialect.ts'
import { present } from '../field-reader.ts'
import type { CanonicalRequest, Message, Part, Tool } from '../request.ts'
import { sealedOf } from './sealed-reasoning.ts'

type Body = Record<string, unknown>

export function writeResponsesRequest(request: CanonicalRequest, { model }: WriteAsk): WrittenRequest {
  const losses: Loss[] = []
  const body: Body = {
    model,
    input: request.messages.flatMap((message, index) => writeMessage(message, `messages.${index}`, losses)),
    // What is not asked to be kept is kept by nobody; reasoning then travels with the conversation.
    store: false,
    include: ['reasoning.encrypted_content'],
  }
  const tools = request.tools.flatMap((tool, index) => writeTool(tool, `tools.${index}`, losses))
  if (tools.length > 0) body.tools = tools
  losses.push(...carryAll(CARRY, request, body))
  if (request.stream) body.stream = true
  return { body, losses }
}

const CARRY: Carry = {
  maxOutputTokens: as('max_output_tokens'),
  temperature: as('temperature'),
  topP: as('top_p'),
  topK: 'lost',
  minP: 'lost',
  stop: 'lost-and-matters',
  seed: 'lost',
  choices: (value) => (value > 1 ? lost('choices', true) : undefined),
  logprobs({ top }, body) {
    body.top_logprobs = top
    body.include = [...(body.include as string[]), 'message.output_text.logprobs']
  },
  presencePenalty: (value) => (value === 0 ? undefined : lost('presencePenalty')),
  frequencyPenalty: (value) => (value === 0 ? undefined : lost('frequencyPenalty')),
  repetitionPenalty: 'lost',
  logitBias: 'lost-and-matters',
  format(format, body) {
    if (format.kind === 'text') return
    const { kind: _, ...schema } = format.kind === 'schema' ? format : { kind: format.kind }
    body.text = {
      ...(body.text as Body),
      format: format.kind === 'json' ? { type: 'json_object' } : { type: 'json_schema', ...schema },
    }
  },
  verbosity(value, body) {
    body.text = { ...(body.text as Body), verbosity: value }
  },
  reasoning({ effort, budget, summary }, body) {
    const named = effort ?? (budget === undefined ? undefined : effortOf(budget))
    body.reasoning = present({ effort: named, summary })
  },
  toolChoice(choice, body) {
    body.tool_choice = choice.kind === 'tool' ? { type: 'function', name: choice.name } : choice.kind
  },
  parallelTools: as('parallel_tool_calls'),
  serviceTier: as('service_tier'),
  user: as('safety_identifier'),
  metadata: as('metadata'),
  cacheKey: as('prompt_cache_key'),
  store: as('store'),
}

function writeMessage({ role, content }: Message, at: string, losses: Loss[]): Body[] {
  const items: Body[] = []
  let texts: Body[] = []
  const flush = () => {
    if (texts.length > 0) items.push({ type: 'message', role, content: texts })
    texts = []
  }
  for (const [index, part] of content.entries()) {
    const place = `${at}.content.${index}`
    const item = writeItem(part, place, losses)
    if (item) {
      flush()
      items.push(item)
    } else texts.push(...writePart(part, role === 'assistant', place, losses))
  }
  flush()
  return items
}

/** Parts that are items of their own here. */
function writeItem(part: Part, at: string, losses: Loss[]): Body | undefined {
  switch (part.kind) {
    case 'tool-call':
      return { type: 'function_call', call_id: part.id, name: part.name, arguments: part.arguments }
    case 'tool-result':
      return { type: 'function_call_output', call_id: part.callId, output: writeOutput(part.content, at, losses) }
    case 'reasoning': {
      const sealed = sealedOf(part)
      return {
        type: 'reasoning',
        ...present({ id: part.id }),
        summary: part.text === '' ? [] : [{ type: 'summary_text', text: part.text }],
        ...present({ encrypted_content: sealed }),
      }
    }
    case 'native':
      return part.wire === 'responses' && !ISNT_ITEM.has(String(part.value.type)) ? part.value : undefined
    default:
      return undefined
  }
}
const ISNT_ITEM = new Set(['input_text', 'input_image', 'input_file', 'output_text', 'refusal'])

function writeOutput(content: readonly Part[], at: string, losses: Loss[]): unknown {
  if (content.every((part) => part.kind === 'text')) return content.map(({ text }) => text).join('\n')
  return content.flatMap((part, index) => writePart(part, false, `${at}.content.${index}`, losses))
}

function writePart(part: Part, isAnswer: boolean, at: string, losses: Loss[]): Body[] {
  switch (part.kind) {
    case 'text':
      return [{ type: isAnswer ? 'output_text' : 'input_text', text: part.text, ...(isAnswer && { annotations: [] }) }]
    case 'refusal':
      return [{ type: 'refusal', refusal: part.text }]
    case 'image': {
      const { source } = part
      const where = source.kind === 'held' ? { file_id: source.id } : { image_url: addressOf(source) }
      return [{ type: 'input_image', ...where, ...present({ detail: part.detail }) }]
    }
    case 'file': {
      const { source, name } = part
      if (source.kind === 'held') return [{ type: 'input_file', file_id: source.id }]
      if (source.kind === 'url') return [{ type: 'input_file', file_url: source.url }]
      return [{ type: 'input_file', filename: name ?? 'file', file_data: addressOf(source) }]
    }
    case 'audio':
      return [{ type: 'input_audio', input_audio: { data: part.base64, format: part.format } }]
    default:
      return losing(`${at}.${part.kind}`, losses)
  }
}

function writeTool(tool: Tool, at: string, losses: Loss[]): Body[] {
  if (tool.kind === 'native') return tool.wire === 'responses' ? [tool.value] : losing(at, losses)
  const { name, description, schema, strict } = tool
  return [{ type: 'function', ...present({ name, description, parameters: schema, strict: strict ?? false }) }]
}
