/** A request as Anthropic's Messages take it. */
import { as, type Carry, carryAll, type Loss, lost } from '../carry.ts'
import { argumentsOf } from '../chat/read-request.ts'
import { cacheOf, losing } from '../chat/write-request.ts'
import type { WriteAsk, WrittenRequest } from '../dialect.ts'
import { isRecord, present } from '../field-reader.ts'
import { hasLateInstructions, joinedTurns } from '../joined-turns.ts'
import type { CanonicalRequest, Part, Settings, Source, Tool } from '../request.ts'

type Body = Record<string, unknown>

/** The dialect demands a limit; this one is sent when the client sets none. */
const MOST_OUTPUT_TOKENS = 4096
const LEAST_BUDGET = 1024

export function writeMessagesRequest(request: CanonicalRequest, { model }: WriteAsk): WrittenRequest {
  const losses: Loss[] = []
  const body: Body = { model, max_tokens: request.maxOutputTokens ?? MOST_OUTPUT_TOKENS }
  const system = request.messages.filter(({ role }) => role === 'system')
  // All instructions stand before the conversation here, wherever they stood.
  if (hasLateInstructions(request.messages)) losses.push(lost('messages.system-order'))
  if (system.length > 0)
    body.system = system.flatMap(({ content }) => content.flatMap((part) => writePart(part, 'system', losses)))
  body.messages = joinedTurns(request.messages).flatMap((message, index) => {
    const content = message.content.flatMap((part, place) =>
      writePart(part, `messages.${index}.content.${place}`, losses),
    )
    // A turn without anything in it is refused by the provider.
    return content.length === 0 ? [] : [{ role: message.role, content }]
  })
  const tools = request.tools.flatMap((tool, index) => writeTool(tool, `tools.${index}`, losses))
  if (tools.length > 0) body.tools = tools
  losses.push(...carryAll(CARRY, request, body))
  if (body.tools === undefined) delete body.tool_choice
  if (request.stream) body.stream = true
  return { body, losses }
}

const CARRY: Carry = {
  maxOutputTokens: as('max_tokens'),
  temperature(value, body) {
    // Elsewhere it goes to 2.
    body.temperature = Math.min(1, value)
    return value > 1 ? lost('temperature') : undefined
  },
  topP: as('top_p'),
  topK: as('top_k'),
  minP: 'lost',
  stop: as('stop_sequences'),
  seed: 'lost',
  choices: (value) => (value > 1 ? lost('choices', true) : undefined),
  logprobs: 'lost-and-matters',
  presencePenalty: (value) => (value === 0 ? undefined : lost('presencePenalty')),
  frequencyPenalty: (value) => (value === 0 ? undefined : lost('frequencyPenalty')),
  repetitionPenalty: 'lost',
  logitBias: 'lost-and-matters',
  format(format, body) {
    if (format.kind === 'text') return undefined
    if (format.kind === 'json') return lost('format', true)
    body.output_config = { ...(body.output_config as Body), format: { type: 'json_schema', schema: format.schema } }
    return undefined
  },
  verbosity: 'lost',
  reasoning(reasoning, body, request) {
    const { fields, limit } = thinkingOf(String(body.model), reasoning, request.maxOutputTokens)
    const output = isRecord(fields.output_config)
      ? { ...(body.output_config as Body), ...fields.output_config }
      : undefined
    Object.assign(body, fields, output && { output_config: output })
    if (limit !== undefined) body.max_tokens = limit
  },
  toolChoice(choice, body) {
    const type = choice.kind === 'required' ? 'any' : choice.kind
    body.tool_choice = {
      ...(body.tool_choice as Body),
      ...(choice.kind === 'tool' ? { type, name: choice.name } : { type }),
    }
  },
  parallelTools(value, body) {
    const choice = (body.tool_choice as Body | undefined) ?? { type: 'auto' }
    if (!value && choice.type !== 'none') body.tool_choice = { ...choice, disable_parallel_tool_use: true }
  },
  serviceTier(value, body) {
    if (value === 'auto' || value === 'default') body.service_tier = value === 'auto' ? 'auto' : 'standard_only'
    else if (value === 'standard_only') body.service_tier = value
    else return lost('serviceTier')
    return undefined
  },
  user: (value, body) => {
    body.metadata = { user_id: value }
  },
  metadata: 'lost',
  cacheKey: 'lost',
  store: (value) => (value ? lost('store') : undefined),
}

/** How Claude is told to think, and the limit that this makes necessary: it holds for thinking and answer together. */
export function thinkingOf(
  model: string,
  { effort, budget }: NonNullable<Settings['reasoning']>,
  maxOutputTokens = MOST_OUTPUT_TOKENS,
): { fields: Body; limit?: number } {
  if (budget === 0 || effort === 'none') return { fields: { thinking: { type: 'disabled' } } }
  if (budget === undefined && effort !== undefined && !thinksByBudget(model))
    return {
      fields: { thinking: { type: 'adaptive' }, output_config: { effort: effort === 'minimal' ? 'low' : effort } },
    }
  const tokens = Math.max(LEAST_BUDGET, budget ?? BUDGETS[effort ?? ''] ?? BUDGETS.medium ?? LEAST_BUDGET)
  return {
    fields: { thinking: { type: 'enabled', budget_tokens: tokens } },
    ...(maxOutputTokens <= tokens && { limit: tokens + maxOutputTokens }),
  }
}

/** Tokens of thinking for an effort, as OpenRouter's and the AI SDK's tables have them. */
const BUDGETS: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 32_768,
}

/** Claude up to 4.5 is told how many tokens to think; newer ones are told an effort. */
const thinksByBudget = (model: string): boolean =>
  /claude-(?:3|(?:sonnet|opus|haiku)-4(?:-[0-5]\b|-2025|$))/.test(model)

function writePart(part: Part, at: string, losses: Loss[]): Body[] {
  switch (part.kind) {
    case 'text':
      // Empty texts are refused.
      return part.text === '' ? [] : [{ type: 'text', text: part.text, ...cacheOf(part.cache) }]
    case 'refusal':
      return part.text === '' ? [] : [{ type: 'text', text: part.text }]
    case 'image':
      return [{ type: 'image', source: writeSource(part.source), ...cacheOf(part.cache) }]
    case 'file':
      return [
        {
          type: 'document',
          source: writeSource(part.source),
          ...present({ title: part.name }),
          ...cacheOf(part.cache),
        },
      ]
    case 'audio':
      return losing(`${at}.audio`, losses)
    case 'reasoning':
      if (part.sealed !== undefined) return [{ type: 'redacted_thinking', data: part.sealed }]
      // Without its signature the provider refuses it.
      if (part.signature === undefined) {
        losses.push(lost(`${at}.reasoning`))
        return []
      }
      return [{ type: 'thinking', thinking: part.text, signature: part.signature }]
    case 'tool-call':
      return [
        { type: 'tool_use', id: part.id, name: part.name, input: argumentsOf(part.arguments), ...cacheOf(part.cache) },
      ]
    case 'tool-result':
      return [
        {
          type: 'tool_result',
          tool_use_id: part.callId,
          content: part.content.flatMap((one, index) => writePart(one, `${at}.content.${index}`, losses)),
          ...(part.isError && { is_error: true }),
          ...cacheOf(part.cache),
        },
      ]
    case 'native':
      return part.wire === 'messages' ? [part.value] : losing(`${at}.${String(part.value.type ?? part.wire)}`, losses)
  }
}

function writeSource(source: Source): Body {
  if (source.kind === 'url') return { type: 'url', url: source.url }
  if (source.kind === 'held') return { type: 'file', file_id: source.id }
  if (source.mediaType === 'text/plain')
    return { type: 'text', media_type: 'text/plain', data: Buffer.from(source.base64, 'base64').toString('utf8') }
  return { type: 'base64', media_type: source.mediaType, data: source.base64 }
}

function writeTool(tool: Tool, at: string, losses: Loss[]): Body[] {
  if (tool.kind === 'native') return tool.wire === 'messages' ? [tool.value] : losing(at, losses)
  const { name, description, schema, strict, cache } = tool
  return [{ ...present({ name, description, input_schema: schema, strict }), ...cacheOf(cache) }]
}
