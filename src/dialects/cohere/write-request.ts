/** A request as Cohere's chat takes it. */
import { as, type Carry, carryAll, type Loss, lost } from '../carry.ts'
import { addressOf, losing } from '../chat/write-request.ts'
import type { WriteAsk, WrittenRequest } from '../dialect.ts'
import { present } from '../field-reader.ts'
import type { CanonicalRequest, Message, Part, Tool } from '../request.ts'

type Body = Record<string, unknown>

export function writeCohereRequest(request: CanonicalRequest, { model }: WriteAsk): WrittenRequest {
  const losses: Loss[] = []
  const body: Body = {
    model,
    messages: request.messages.flatMap((message, index) => writeMessage(message, `messages.${index}`, losses)),
  }
  const tools = request.tools.flatMap((tool, index) => writeTool(tool, `tools.${index}`, losses))
  if (tools.length > 0) body.tools = tools
  if (request.tools.some((tool) => tool.kind === 'function' && tool.strict)) body.strict_tools = true
  losses.push(...carryAll(carryFor(request), request, body))
  // It streams only when it is told so, and some of its servers ask to be told.
  body.stream = request.stream
  return { body, losses }
}

const carryFor = ({ tools }: CanonicalRequest): Carry => ({
  maxOutputTokens: as('max_tokens'),
  temperature: as('temperature'),
  topP: as('p'),
  topK: as('k'),
  minP: 'lost',
  stop: as('stop_sequences'),
  seed: as('seed'),
  choices: (value) => (value > 1 ? lost('choices', true) : undefined),
  logprobs: 'lost-and-matters',
  presencePenalty: as('presence_penalty'),
  frequencyPenalty: as('frequency_penalty'),
  repetitionPenalty: 'lost',
  logitBias: 'lost-and-matters',
  format(format, body) {
    if (format.kind === 'text') return
    body.response_format = {
      type: 'json_object',
      ...(format.kind === 'schema' && { schema: format.schema }),
    }
  },
  verbosity: 'lost',
  reasoning({ effort, budget }, body) {
    body.thinking =
      budget === 0 || effort === 'none'
        ? { type: 'disabled' }
        : { type: 'enabled', ...present({ token_budget: budget }) }
  },
  toolChoice(choice, body) {
    if (choice.kind === 'auto' || tools.length === 0) return undefined
    // One tool among several cannot be named; the only one needs no name.
    if (choice.kind === 'tool' && tools.length > 1) return lost('toolChoice', true)
    body.tool_choice = choice.kind === 'none' ? 'NONE' : 'REQUIRED'
    return undefined
  },
  parallelTools: (value) => (value ? undefined : lost('parallelTools')),
  serviceTier: (value) => (value === 'auto' || value === 'default' ? undefined : lost('serviceTier')),
  user: 'lost',
  metadata: 'lost',
  cacheKey: 'lost',
  store: (value) => (value ? lost('store') : undefined),
})

function writeMessage({ role, content }: Message, at: string, losses: Loss[]): Body[] {
  if (role === 'assistant') return [{ role, ...writeAssistant(content, at, losses) }]
  const results = content.filter((part) => part.kind === 'tool-result')
  const others = content.filter((part) => part.kind !== 'tool-result')
  const messages: Body[] = results.map((result) => ({
    role: 'tool',
    tool_call_id: result.callId,
    content: writeContent(
      result.content.length === 0 ? [{ kind: 'text', text: result.isError ? 'error' : 'done' }] : result.content,
      at,
      losses,
    ),
  }))
  if (others.length > 0 || results.length === 0) messages.push({ role, content: writeContent(others, at, losses) })
  return messages
}

function writeAssistant(content: readonly Part[], at: string, losses: Loss[]): Body {
  const calls = content.filter((part) => part.kind === 'tool-call')
  const thoughts = content.filter((part) => part.kind === 'reasoning')
  const texts = content.filter(({ kind }) => kind !== 'tool-call' && kind !== 'reasoning')
  // What it thought before it called is its plan here.
  const plan = thoughts.map(({ text }) => text).join('\n')
  if (plan !== '' && calls.length === 0) losses.push(lost(`${at}.reasoning`))
  return present({
    content: texts.length > 0 ? writeContent(texts, at, losses) : calls.length > 0 ? undefined : '',
    tool_plan: calls.length > 0 && plan !== '' ? plan : undefined,
    tool_calls:
      calls.length > 0
        ? calls.map((call) => ({
            id: call.id,
            type: 'function',
            function: { name: call.name, arguments: call.arguments || '{}' },
          }))
        : undefined,
  })
}

/** One text stays a text. */
function writeContent(parts: readonly Part[], at: string, losses: Loss[]): unknown {
  const [only] = parts
  if (parts.length === 0) return ''
  if (parts.length === 1 && only?.kind === 'text') return only.text
  return parts.flatMap((part, index) => writePart(part, `${at}.content.${index}`, losses))
}

function writePart(part: Part, at: string, losses: Loss[]): Body[] {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return [{ type: 'text', text: part.text }]
    case 'image': {
      const url = addressOf(part.source)
      if (url === undefined) return losing(`${at}.image`, losses)
      return [{ type: 'image_url', image_url: present({ url, detail: part.detail }) }]
    }
    case 'native':
      return part.wire === 'cohere' ? [part.value] : losing(`${at}.${String(part.value.type ?? part.wire)}`, losses)
    default:
      return losing(`${at}.${part.kind}`, losses)
  }
}

function writeTool(tool: Tool, at: string, losses: Loss[]): Body[] {
  if (tool.kind === 'native') return tool.wire === 'cohere' ? [tool.value] : losing(at, losses)
  const { name, description, schema } = tool
  return [{ type: 'function', function: present({ name, description, parameters: schema }) }]
}
