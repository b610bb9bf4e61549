/** What was said and which tools were called, in each generation's own place; the first that holds anything counts. */
import type { Meaning } from './contract.ts'
import { type Attributes, type EventLike, listOf, recordOf, textOf } from './meaning-attributes.ts'

type Message = { role: string; content: string }

export function messagesOf(attributes: Attributes, events: readonly EventLike[]): Message[] {
  for (const read of [inParts, inDetails, numbered, ofAiSdk, inEvents, whole]) {
    const found = read(attributes, events)
    if (found.length > 0) return found
  }
  return []
}

export function toolCallsOf(attributes: Attributes): NonNullable<Meaning['toolCalls']> {
  const own = ownCall(attributes)
  if (own) return [own]
  const inParts = listOf(attributes['gen_ai.output.messages'])
    .flatMap((message) => listOf(recordOf(message).parts))
    .map(recordOf)
    .filter((part) => part.type === 'tool_call')
    .map((part) => callOf(part.id, part.name, part.arguments))
  if (inParts.length > 0) return inParts
  const ofAiSdk = listOf(attributes['ai.response.toolCalls'])
    .map(recordOf)
    .map((call) => callOf(call.toolCallId, call.toolName, call.input ?? call.args))
  if (ofAiSdk.length > 0 || !isNumbered(attributes)) return ofAiSdk
  return [
    ...numberedCalls(attributes, 'gen_ai.completion', 'tool_calls', { id: 'id', name: 'name', arguments: 'arguments' }),
    ...numberedCalls(attributes, 'llm.output_messages', 'message.tool_calls', {
      id: 'tool_call.id',
      name: 'tool_call.function.name',
      arguments: 'tool_call.function.arguments',
    }),
  ]
}

/** GenAI 1.37 and after: messages with parts, as a structure or as JSON text. */
const inParts = (attributes: Attributes): Message[] => [
  ...partsOf(attributes['gen_ai.system_instructions'], 'system'),
  ...listOf(attributes['gen_ai.input.messages']).flatMap(messageOf),
  ...listOf(attributes['gen_ai.output.messages']).flatMap(messageOf),
]

/** The same in the event that 1.37 offers in place of attributes. */
const inDetails = (_: Attributes, events: readonly EventLike[]): Message[] =>
  events
    .filter(({ name }) => name === 'gen_ai.client.inference.operation.details')
    .flatMap((event) => inParts(event.attributes))

/** `gen_ai.prompt.0.content` (GenAI up to 1.36, OpenLLMetry) and `llm.input_messages.0.message.content` (OpenInference). */
const numbered = (attributes: Attributes): Message[] =>
  isNumbered(attributes)
    ? [
        ...numberedOf(attributes, 'gen_ai.prompt', ''),
        ...numberedOf(attributes, 'gen_ai.completion', ''),
        ...numberedOf(attributes, 'llm.input_messages', 'message.'),
        ...numberedOf(attributes, 'llm.output_messages', 'message.'),
      ]
    : []

/** One look at the names in place of a dozen that are put together in vain: most spans have none of these. */
const isNumbered = (attributes: Attributes): boolean => Object.keys(attributes).some((name) => NUMBERED.test(name))
const NUMBERED = /^(?:gen_ai\.(?:prompt|completion)|llm\.(?:input|output)_messages)\.\d/

function ofAiSdk(attributes: Attributes): Message[] {
  const { system, prompt, messages } = recordOf(attributes['ai.prompt'])
  const asked = listOf(attributes['ai.prompt.messages'] ?? messages).flatMap(messageOf)
  const answer = attributes['ai.response.text'] || attributes['ai.response.object']
  return [
    ...(asked.length === 0 && typeof system === 'string' ? [{ role: 'system', content: system }] : []),
    ...asked,
    ...(asked.length === 0 && typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : []),
    ...(typeof answer === 'string' && answer !== '' ? [{ role: 'assistant', content: answer }] : []),
  ]
}

/** One event a message, `gen_ai.user.message` and so on, up to 1.36; pydantic-ai keeps them in the attribute `events`. */
function inEvents(attributes: Attributes, events: readonly EventLike[]): Message[] {
  const kept = listOf(attributes.events).map((value) => {
    const event = recordOf(value)
    return { name: String(event['event.name'] ?? ''), attributes: event }
  })
  return [...events, ...kept].flatMap(({ name, attributes: said }) => {
    const role = /^gen_ai\.(system|user|assistant|tool)\.message$/.exec(name)?.[1]
    if (role !== undefined) return messageOf({ role, content: said.content })
    if (name === 'gen_ai.choice') return messageOf({ role: 'assistant', ...recordOf(said.message) })
    return []
  })
}

/** Input and output as one text each: OpenInference, Langfuse, MLflow, OpenLLMetry. */
function whole(attributes: Attributes): Message[] {
  for (const [asked, answered] of [
    ['input.value', 'output.value'],
    ['langfuse.observation.input', 'langfuse.observation.output'],
    ['traceloop.entity.input', 'traceloop.entity.output'],
    ['mlflow.spanInputs', 'mlflow.spanOutputs'],
  ] as const) {
    const [input, output] = [attributes[asked], attributes[answered]]
    const found = [
      ...(typeof input === 'string' ? [{ role: 'user', content: input }] : []),
      ...(typeof output === 'string' ? [{ role: 'assistant', content: output }] : []),
    ]
    if (found.length > 0) return found
  }
  return []
}

function messageOf(value: unknown): Message[] {
  const { role = 'user', parts, content } = recordOf(value)
  if (typeof content === 'string') return [{ role: String(role), content }]
  const texts = listOf(parts ?? content)
    .map(recordOf)
    .filter((part) => part.type === 'text')
    .map((part) => part.content ?? part.text)
    .filter((text) => typeof text === 'string')
  return texts.length === 0 ? [] : [{ role: String(role), content: texts.join('\n') }]
}

const partsOf = (value: unknown, role: string): Message[] => {
  const found = listOf(value)
  return found.length === 0 ? [] : messageOf({ role, parts: found })
}

function numberedOf(attributes: Attributes, prefix: string, middle: string): Message[] {
  const found: Message[] = []
  for (let n = 0; ; n += 1) {
    const at = `${prefix}.${n}.${middle}`
    const content = attributes[`${at}content`] ?? contentsOf(attributes, at)
    const role = attributes[`${at}role`]
    if (content === undefined && role === undefined) return found
    if (typeof content === 'string') found.push({ role: typeof role === 'string' ? role : 'user', content })
  }
}

/** OpenInference's messages of several parts: `message.contents.0.message_content.text`. */
function contentsOf(attributes: Attributes, at: string): string | undefined {
  const texts: string[] = []
  for (let n = 0; attributes[`${at}contents.${n}.message_content.type`] !== undefined; n += 1) {
    const text = attributes[`${at}contents.${n}.message_content.text`]
    if (typeof text === 'string') texts.push(text)
  }
  return texts.length === 0 ? undefined : texts.join('\n')
}

/** The call that a tool's own span is about. */
function ownCall(attributes: Attributes): NonNullable<Meaning['toolCalls']>[number] | undefined {
  if (typeof attributes['gen_ai.tool.name'] === 'string')
    return callOf(
      attributes['gen_ai.tool.call.id'],
      attributes['gen_ai.tool.name'],
      attributes['gen_ai.tool.call.arguments'],
    )
  if (typeof attributes['ai.toolCall.name'] === 'string')
    return callOf(attributes['ai.toolCall.id'], attributes['ai.toolCall.name'], attributes['ai.toolCall.args'])
  if (attributes['openinference.span.kind'] === 'TOOL' && typeof attributes['tool.name'] === 'string')
    return callOf(
      attributes['tool_call.id'],
      attributes['tool.name'],
      attributes['tool.parameters'] ?? attributes['input.value'],
    )
  if (attributes['traceloop.span.kind'] === 'tool' && typeof attributes['traceloop.entity.name'] === 'string')
    return callOf('', attributes['traceloop.entity.name'], attributes['traceloop.entity.input'])
  return undefined
}

function numberedCalls(
  attributes: Attributes,
  prefix: string,
  list: string,
  fields: { id: string; name: string; arguments: string },
): NonNullable<Meaning['toolCalls']> {
  const found: NonNullable<Meaning['toolCalls']> = []
  for (let message = 0; ; message += 1) {
    const before = found.length
    for (let n = 0; ; n += 1) {
      const at = `${prefix}.${message}.${list}.${n}`
      const name = attributes[`${at}.${fields.name}`]
      if (typeof name !== 'string') break
      found.push(callOf(attributes[`${at}.${fields.id}`], name, attributes[`${at}.${fields.arguments}`]))
    }
    if (found.length === before && message > 0) return found
  }
}

const callOf = (id: unknown, name: unknown, given: unknown) => ({
  id: textOf(id),
  name: textOf(name),
  arguments: textOf(given),
})
