/**
 * What a span means, read from its attributes in any of the generations that programs send:
 * GenAI up to 1.36 (`gen_ai.system`, numbered prompts), 1.37 to 1.41 and after, and OpenInference (`llm.*`).
 */
import { MicroUsd } from '../kernel/money.ts'
import type { Meaning } from './contract.ts'

type Attributes = Readonly<Record<string, unknown>>

export function meaningOf(attributes: Attributes): Meaning {
  const text = (...names: string[]) =>
    first(attributes, names, (value) => (typeof value === 'string' && value !== '' ? value : undefined))
  const amount = (...names: string[]) => first(attributes, names, numberOf)
  const messages = messagesOf(attributes)
  const toolCalls = toolCallsOf(attributes)
  const session = text('gen_ai.conversation.id', 'session.id', 'langfuse.session.id')
  const user = text('user.id', 'langfuse.user.id')
  return {
    provider: text('gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'llm.system') ?? null,
    model:
      text(
        'gen_ai.response.model',
        'gen_ai.request.model',
        'llm.response.model_name',
        'llm.model_name',
        'llm.request.model_name',
      ) ?? null,
    inputTokens: amount('gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.token_count.prompt') ?? null,
    outputTokens:
      amount('gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'llm.token_count.completion') ?? null,
    costMicroUsd: costOf(attributes),
    ...(messages.length > 0 && { messages }),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(session !== undefined && { session }),
    ...(user !== undefined && { user }),
  }
}

const first = <Value>(
  attributes: Attributes,
  names: string[],
  read: (value: unknown) => Value | undefined,
): Value | undefined => {
  for (const name of names) {
    const value = read(attributes[name])
    if (value !== undefined) return value
  }
  return undefined
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? Math.round(number) : undefined
}

/** Ours is exact; dollars as a float (`llm.cost.total`) are taken to whole pico-dollars. */
function costOf(attributes: Attributes): MicroUsd | null {
  const exact = MicroUsd.safeParse(attributes['airworthy.cost.micro_usd'])
  if (exact.success) return exact.data
  const dollars = Number(attributes['llm.cost.total'] ?? attributes['gen_ai.usage.cost'] ?? Number.NaN)
  if (!Number.isFinite(dollars) || dollars < 0) return null
  return MicroUsd.parse((dollars * 1_000_000).toFixed(6))
}

type Message = { role: string; content: string }

function messagesOf(attributes: Attributes): Message[] {
  const modern = [
    ...partsOf(attributes['gen_ai.system_instructions'], 'system'),
    ...listOf(attributes['gen_ai.input.messages']).flatMap(modernMessage),
    ...listOf(attributes['gen_ai.output.messages']).flatMap(modernMessage),
  ]
  if (modern.length > 0) return modern
  const numbered = [
    ...numberedOf(attributes, 'gen_ai.prompt', ''),
    ...numberedOf(attributes, 'gen_ai.completion', ''),
    ...numberedOf(attributes, 'llm.input_messages', 'message.'),
    ...numberedOf(attributes, 'llm.output_messages', 'message.'),
  ]
  if (numbered.length > 0) return numbered
  const [input, output] = [attributes['input.value'], attributes['output.value']]
  return [
    ...(typeof input === 'string' ? [{ role: 'user', content: input }] : []),
    ...(typeof output === 'string' ? [{ role: 'assistant', content: output }] : []),
  ]
}

function modernMessage(value: unknown): Message[] {
  const { role = 'user', parts, content } = recordOf(value)
  if (typeof content === 'string') return [{ role: String(role), content }]
  const texts = listOf(parts)
    .map(recordOf)
    .filter((part) => part.type === 'text' && typeof part.content === 'string')
  return texts.length === 0 ? [] : [{ role: String(role), content: texts.map((part) => part.content).join('\n') }]
}

const partsOf = (value: unknown, role: string): Message[] => {
  const found = listOf(value)
  return found.length === 0 ? [] : modernMessage({ role, parts: found })
}

/** `gen_ai.prompt.0.role`, `llm.input_messages.0.message.content` and the like. */
function numberedOf(attributes: Attributes, prefix: string, middle: string): Message[] {
  const found: Message[] = []
  for (let n = 0; ; n += 1) {
    const content = attributes[`${prefix}.${n}.${middle}content`]
    const role = attributes[`${prefix}.${n}.${middle}role`]
    if (content === undefined && role === undefined) return found
    if (typeof content === 'string') found.push({ role: typeof role === 'string' ? role : 'user', content })
  }
}

function toolCallsOf(attributes: Attributes): NonNullable<Meaning['toolCalls']> {
  const own = attributes['gen_ai.tool.name']
  if (typeof own === 'string')
    return [
      {
        id: String(attributes['gen_ai.tool.call.id'] ?? ''),
        name: own,
        arguments: textOf(attributes['gen_ai.tool.call.arguments']),
      },
    ]
  return listOf(attributes['gen_ai.output.messages'])
    .flatMap((message) => listOf(recordOf(message).parts))
    .map(recordOf)
    .filter((part) => part.type === 'tool_call')
    .map((part) => ({ id: String(part.id ?? ''), name: String(part.name ?? ''), arguments: textOf(part.arguments) }))
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

/** Structured attributes come as values, or as JSON text from exporters that cannot send them. */
function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string' || !value.startsWith('[')) return []
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}
