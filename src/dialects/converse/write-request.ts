/** A request as Converse takes it. */
import { type Carry, carryAll, type Loss, lost } from '../carry.ts'
import { argumentsOf } from '../chat/read-request.ts'
import { losing } from '../chat/write-request.ts'
import type { WriteAsk, WrittenRequest } from '../dialect.ts'
import { present } from '../field-reader.ts'
import { hasLateInstructions, joinedTurns } from '../joined-turns.ts'
import { thinkingOf } from '../messages/write-request.ts'
import type { CacheMark, CanonicalRequest, Part, Source, Tool } from '../request.ts'

type Body = Record<string, unknown>

export function writeConverseRequest(request: CanonicalRequest, { model }: WriteAsk): WrittenRequest {
  const losses: Loss[] = []
  const body: Body = {}
  const system = request.messages.filter(({ role }) => role === 'system')
  // All instructions stand apart here, wherever they stood.
  if (hasLateInstructions(request.messages)) losses.push(lost('messages.system-order'))
  if (system.length > 0)
    body.system = system.flatMap(({ content }) => content.flatMap((part) => writePart(part, 'system', losses)))
  body.messages = joinedTurns(request.messages).flatMap(({ role, content }, index) => {
    const blocks = content.flatMap((part, place) => writePart(part, `messages.${index}.content.${place}`, losses))
    // A turn without anything in it is refused by the provider.
    return blocks.length === 0 ? [] : [{ role, content: blocks }]
  })
  const tools = request.tools.flatMap((tool, index) => writeTool(tool, `tools.${index}`, losses))
  if (tools.length > 0) body.toolConfig = { tools }
  const inference: Body = {}
  losses.push(...carryAll(carryFor(model, body), request, inference))
  if (Object.keys(inference).length > 0) body.inferenceConfig = inference
  return { body, losses }
}

const as =
  (name: string) =>
  (value: unknown, inference: Body): undefined => {
    inference[name] = value
  }

const carryFor = (model: string, body: Body): Carry => {
  /** What only the model's own maker knows. */
  const own = (fields: Body) => {
    body.additionalModelRequestFields = { ...(body.additionalModelRequestFields as Body), ...fields }
  }
  const isClaude = /anthropic\./.test(model)
  const tooling = body.toolConfig as Body | undefined
  return {
    maxOutputTokens: as('maxTokens'),
    temperature(value, inference) {
      // Elsewhere it goes to 2.
      inference.temperature = Math.min(1, value)
      return value > 1 ? lost('temperature') : undefined
    },
    topP: as('topP'),
    topK(value) {
      if (!isClaude) return lost('topK')
      own({ top_k: value })
      return undefined
    },
    minP: 'lost',
    stop: as('stopSequences'),
    seed: 'lost',
    choices: (value) => (value > 1 ? lost('choices', true) : undefined),
    logprobs: 'lost-and-matters',
    presencePenalty: (value) => (value === 0 ? undefined : lost('presencePenalty')),
    frequencyPenalty: (value) => (value === 0 ? undefined : lost('frequencyPenalty')),
    repetitionPenalty: 'lost',
    logitBias: 'lost-and-matters',
    format(format) {
      if (format.kind === 'text') return undefined
      if (format.kind === 'json') return lost('format', true)
      const { name, description, schema } = format
      const jsonSchema = present({ name, description, schema: JSON.stringify(schema) })
      body.outputConfig = { textFormat: { type: 'json_schema', structure: { jsonSchema } } }
      return undefined
    },
    verbosity: 'lost',
    reasoning(reasoning, inference, request) {
      if (!isClaude) return lost('reasoning')
      const { fields, limit } = thinkingOf(model, reasoning, request.maxOutputTokens)
      own(fields)
      if (limit !== undefined) inference.maxTokens = limit
      return undefined
    },
    toolChoice(choice) {
      if (!tooling || choice.kind === 'auto') return undefined
      // No tools at all is not the same: calls that were made may stand in the conversation.
      if (choice.kind === 'none') return lost('toolChoice', true)
      tooling.toolChoice = choice.kind === 'tool' ? { tool: { name: choice.name } } : { any: {} }
      return undefined
    },
    parallelTools: (value) => (value ? undefined : lost('parallelTools')),
    serviceTier(value) {
      if (value === 'auto') return undefined
      if (!['default', 'priority', 'flex', 'reserved'].includes(value)) return lost('serviceTier')
      body.serviceTier = { type: value }
      return undefined
    },
    user: 'lost',
    metadata: (value) => {
      body.requestMetadata = value
    },
    cacheKey: 'lost',
    store: (value) => (value ? lost('store') : undefined),
  }
}

function writePart(part: Part, at: string, losses: Loss[]): Body[] {
  switch (part.kind) {
    case 'text':
      // Empty texts are refused.
      return part.text === '' ? [] : [{ text: part.text }, ...cachePoint(part.cache)]
    case 'refusal':
      return part.text === '' ? [] : [{ text: part.text }]
    case 'image': {
      const media = mediaOf(part.source, IMAGES)
      return media ? [{ image: media }, ...cachePoint(part.cache)] : losing(`${at}.image`, losses)
    }
    case 'file': {
      const media = mediaOf(part.source, DOCUMENTS)
      return media
        ? [{ document: { ...media, name: documentName(part.name) } }, ...cachePoint(part.cache)]
        : losing(`${at}.file`, losses)
    }
    case 'audio':
      return losing(`${at}.audio`, losses)
    case 'reasoning':
      if (part.sealed !== undefined) return [{ reasoningContent: { redactedContent: part.sealed } }]
      // Without its signature the provider refuses it.
      if (part.signature === undefined) {
        losses.push(lost(`${at}.reasoning`))
        return []
      }
      return [{ reasoningContent: { reasoningText: { text: part.text, signature: part.signature } } }]
    case 'tool-call':
      return [
        { toolUse: { toolUseId: part.id, name: part.name, input: argumentsOf(part.arguments) } },
        ...cachePoint(part.cache),
      ]
    case 'tool-result':
      return [
        {
          toolResult: {
            toolUseId: part.callId,
            content: part.content.flatMap((one, index) => writePart(one, `${at}.content.${index}`, losses)),
            ...(part.isError && { status: 'error' }),
          },
        },
        ...cachePoint(part.cache),
      ]
    case 'native':
      return part.wire === 'converse' ? [part.value] : losing(`${at}.${String(part.value.type ?? part.wire)}`, losses)
  }
}

/** What lies before it is kept; it stands as a block of its own. */
const cachePoint = (cache: CacheMark | undefined): Body[] =>
  cache ? [{ cachePoint: { type: 'default', ...(cache.ttl === '1h' && { ttl: '1h' }) } }] : []

const IMAGES: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
}
const DOCUMENTS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/csv': 'csv',
  'text/html': 'html',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
}

/** Bytes, or what lies in Amazon's storage; it fetches nothing from the web. */
function mediaOf(source: Source, formats: Readonly<Record<string, string>>): Body | undefined {
  if (source.kind !== 'data') return undefined
  const format = formats[source.mediaType]
  return format ? { format, source: { bytes: source.base64 } } : undefined
}

/** Letters, digits, single spaces, hyphens and brackets are all that a name may have. */
const documentName = (name: string | undefined): string =>
  (name ?? 'document')
    .replace(/\.\w+$/, '')
    .replace(/[^\p{L}\p{N}()[\]-]+/gu, ' ')
    .trim()
    .slice(0, 200) || 'document'

function writeTool(tool: Tool, at: string, losses: Loss[]): Body[] {
  if (tool.kind === 'native') return tool.wire === 'converse' ? [tool.value] : losing(at, losses)
  const { name, description, schema, strict, cache } = tool
  // An empty description is refused.
  const spec = present({ name, description: description || undefined, inputSchema: { json: schema }, strict })
  return [{ toolSpec: spec }, ...cachePoint(cache)]
}
