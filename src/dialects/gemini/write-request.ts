/** A request as generateContent takes it. */
import { type Carry, carryAll, type Loss, lost } from '../carry.ts'
import { argumentsOf } from '../chat/read-request.ts'
import { losing } from '../chat/write-request.ts'
import type { WriteAsk, WrittenRequest } from '../dialect.ts'
import { parsedJson, present } from '../field-reader.ts'
import { hasLateInstructions, joinedTurns } from '../joined-turns.ts'
import type { CanonicalRequest, Message, Part, Source, Tool } from '../request.ts'

type Body = Record<string, unknown>

export function writeGeminiRequest(request: CanonicalRequest, { model }: WriteAsk): WrittenRequest {
  const losses: Loss[] = []
  const body: Body = {}
  const system = request.messages.filter(({ role }) => role === 'system')
  // All instructions stand apart here, wherever they stood.
  if (hasLateInstructions(request.messages)) losses.push(lost('messages.system-order'))
  const writing = { names: namesOfCalls(request.messages), needsSignatures: needsSignatures(model), losses }
  const instructions = system.flatMap(({ content }) => content.flatMap((part) => writePart(part, 'system', writing)))
  if (instructions.length > 0) body.systemInstruction = { parts: instructions }
  body.contents = joinedTurns(request.messages).flatMap(({ role, content }, index) => {
    const parts = withSignatures(content).flatMap((part, place) =>
      writePart(part, `messages.${index}.content.${place}`, writing),
    )
    // A turn without anything in it is refused by the provider.
    return parts.length === 0 ? [] : [{ role: role === 'assistant' ? 'model' : 'user', parts: signed(parts, writing) }]
  })
  const tools = writeTools(request.tools, losses)
  if (tools.length > 0) body.tools = tools
  const settings: Body = {}
  losses.push(...carryAll(carryFor(model, body), request, settings))
  if (Object.keys(settings).length > 0) body.generationConfig = settings
  if (!request.tools.some(({ kind }) => kind === 'function')) delete body.toolConfig
  return { body, losses }
}

const as =
  (name: string) =>
  (value: unknown, settings: Body): undefined => {
    settings[name] = value
  }

const carryFor = (model: string, body: Body): Carry => ({
  maxOutputTokens: as('maxOutputTokens'),
  temperature: as('temperature'),
  topP: as('topP'),
  topK: as('topK'),
  minP: 'lost',
  stop: as('stopSequences'),
  seed: as('seed'),
  choices(value, settings) {
    if (value > 1) settings.candidateCount = value
  },
  logprobs({ top }, settings) {
    settings.responseLogprobs = true
    if (top > 0) settings.logprobs = top
  },
  presencePenalty: as('presencePenalty'),
  frequencyPenalty: as('frequencyPenalty'),
  repetitionPenalty: 'lost',
  logitBias: 'lost-and-matters',
  format(format, settings) {
    if (format.kind === 'text') return
    settings.responseMimeType = 'application/json'
    if (format.kind === 'schema') settings.responseJsonSchema = format.schema
  },
  verbosity: 'lost',
  reasoning({ effort, budget }, settings) {
    settings.thinkingConfig = thinkingFor(model, effort, budget)
  },
  toolChoice(choice) {
    body.toolConfig = {
      functionCallingConfig:
        choice.kind === 'tool'
          ? { mode: 'ANY', allowedFunctionNames: [choice.name] }
          : { mode: choice.kind === 'required' ? 'ANY' : choice.kind.toUpperCase() },
    }
  },
  parallelTools: (value) => (value ? undefined : lost('parallelTools')),
  serviceTier: (value) => (value === 'auto' || value === 'default' ? undefined : lost('serviceTier')),
  user: 'lost',
  metadata: 'lost',
  cacheKey: 'lost',
  store: (value) => (value ? lost('store') : undefined),
})

/** From the third generation on thinking is told as a level, before it as a number of tokens. */
function thinkingFor(model: string, effort: string | undefined, budget: number | undefined): Body {
  const isOff = budget === 0 || effort === 'none'
  if (!thinksByBudget(model)) {
    if (isOff) return { thinkingLevel: 'minimal' }
    const level = effort === undefined ? (budget === undefined ? undefined : levelOf(budget)) : LEVELS[effort]
    return { includeThoughts: true, ...present({ thinkingLevel: level }) }
  }
  if (isOff) return { thinkingBudget: 0 }
  return { includeThoughts: true, ...present({ thinkingBudget: budget ?? BUDGETS[effort ?? ''] }) }
}

const LEVELS: Readonly<Record<string, string>> = {
  minimal: 'minimal',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'high',
}
const levelOf = (budget: number): string => (budget <= 4_096 ? 'low' : budget <= 12_288 ? 'medium' : 'high')

/** As Google's own chat endpoint translates efforts. */
const BUDGETS: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 24_576,
}

const thinksByBudget = (model: string): boolean => /gemini-[12][.-]/.test(model)
const needsSignatures = (model: string): boolean => /gemini-/.test(model) && !thinksByBudget(model)

type Writing = {
  /** Results name the function here, not only the call. */
  readonly names: ReadonlyMap<string, string>
  readonly needsSignatures: boolean
  readonly losses: Loss[]
}

const namesOfCalls = (messages: readonly Message[]): Map<string, string> =>
  new Map(
    messages.flatMap(({ content }) =>
      content.flatMap((part): [string, string][] => (part.kind === 'tool-call' ? [[part.id, part.name]] : [])),
    ),
  )

/** A thought that only carries a signature carries that of the call after it, where calls were made. */
function withSignatures(content: readonly Part[]): readonly Part[] {
  const known = new Set(content.flatMap((part) => (part.kind === 'tool-call' ? (part.signature ?? []) : [])))
  if (!content.some(({ kind }) => kind === 'tool-call')) return content
  let waiting: string | undefined
  return content.flatMap((part): Part[] => {
    if (part.kind === 'reasoning' && part.text === '' && part.signature !== undefined) {
      if (!known.has(part.signature)) waiting = part.signature
      return []
    }
    if (part.kind !== 'tool-call' || part.signature !== undefined || waiting === undefined) return [part]
    const signature = waiting
    waiting = undefined
    return [{ ...part, signature }]
  })
}

/** What Google's documentation has for calls that another model made: without it the turn is refused. */
const NO_SIGNATURE = 'skip_thought_signature_validator'

/** Models that sign their calls ask for a signature of the first of each turn. */
function signed(parts: Body[], { needsSignatures }: Writing): Body[] {
  const call = needsSignatures ? parts.findIndex(({ functionCall }) => functionCall !== undefined) : -1
  if (call < 0 || parts[call]?.thoughtSignature !== undefined) return parts
  return parts.map((part, place) => (place === call ? { ...part, thoughtSignature: NO_SIGNATURE } : part))
}

function writePart(part: Part, at: string, writing: Writing): Body[] {
  const { losses } = writing
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return part.text === '' ? [] : [{ text: part.text }]
    case 'image':
    case 'file':
      return writeSource(part.source, at, losses)
    case 'audio':
      return [{ inlineData: { mimeType: `audio/${part.format}`, data: part.base64 } }]
    case 'reasoning':
      if (part.sealed !== undefined) {
        losses.push(lost(`${at}.reasoning`))
        return []
      }
      // One that says nothing carries the signature of a text.
      return [
        part.text === ''
          ? { text: '', ...present({ thoughtSignature: part.signature }) }
          : { text: part.text, thought: true, ...present({ thoughtSignature: part.signature }) },
      ]
    case 'tool-call':
      return [
        {
          functionCall: { name: part.name, args: argumentsOf(part.arguments) },
          ...present({ thoughtSignature: part.signature }),
        },
      ]
    case 'tool-result':
      return writeResult(part, at, writing)
    case 'native':
      return part.wire === 'gemini' ? [part.value] : losing(`${at}.${String(part.value.type ?? part.wire)}`, losses)
  }
}

/** The result is an object here; whatever is no object stands in one. Pictures stand beside it. */
function writeResult(part: Extract<Part, { kind: 'tool-result' }>, at: string, writing: Writing): Body[] {
  const name = writing.names.get(part.callId)
  if (name === undefined) return losing(`${at}.tool-result`, writing.losses)
  const texts = part.content.flatMap((one) => (one.kind === 'text' ? [one.text] : []))
  const others = part.content.filter(({ kind }) => kind !== 'text')
  const text = texts.join('\n')
  const value = parsedJson(text)
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const response = part.isError ? { error: text } : isObject ? value : { result: text }
  return [{ functionResponse: { name, response } }, ...others.flatMap((one) => writePart(one, at, writing))]
}

function writeSource(source: Source, at: string, losses: Loss[]): Body[] {
  if (source.kind === 'data') return [{ inlineData: { mimeType: source.mediaType, data: source.base64 } }]
  // It takes addresses of its own files, of its storage and of the public web.
  if (source.kind === 'url') return [{ fileData: present({ fileUri: source.url, mimeType: typeOf(source.url) }) }]
  return losing(`${at}.file`, losses)
}

/** Vertex AI demands the type of what it fetches; an address that does not show it goes without. */
const typeOf = (url: string): string | undefined => TYPES[/\.(\w+)(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? '']

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  pdf: 'application/pdf',
}

/** All functions are declared in one tool. */
function writeTools(tools: readonly Tool[], losses: Loss[]): Body[] {
  const native = tools.flatMap((tool, index) =>
    tool.kind !== 'native' ? [] : tool.wire === 'gemini' ? [tool.value] : losing(`tools.${index}`, losses),
  )
  const declared = tools.flatMap((tool) =>
    tool.kind === 'function'
      ? [{ name: tool.name, ...present({ description: tool.description }), parametersJsonSchema: tool.schema }]
      : [],
  )
  return declared.length > 0 ? [...native, { functionDeclarations: declared }] : native
}
