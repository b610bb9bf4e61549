/** What generateContent answers, whole or as a stream: each event of a stream is an answer with the parts that are new. */
import type { Answer, AnswerEvent, AnswerUsage, BlockStart, FinishReason } from '../answer.ts'
import { failedAnswer } from '../chat/read-answer.ts'
import type { StreamReader } from '../dialect.ts'
import { count, isRecord, type Json, parsedJson, present, textIn, unreadable } from '../field-reader.ts'
import { readGeminiLogprobs } from '../logprobs.ts'
import { reduce } from '../reduce.ts'
import { createPartialArguments } from './partial-arguments.ts'

export function readGeminiAnswer(body: unknown): Answer {
  if (!isRecord(body)) throw unreadable('gemini', 'it is no JSON object')
  if (isRecord(body.error)) return failedAnswer(namedError(body.error))
  if (!Array.isArray(body.candidates) && !isRecord(body.promptFeedback))
    throw unreadable('gemini', 'it has no `candidates`')
  const reading = createReading()
  const answer = reduce([...reading.read(body), ...reading.end()])
  return { ...answer, isWhole: true }
}

export function createGeminiReader(): StreamReader {
  const reading = createReading()
  return {
    push(data) {
      const value = parsedJson(data)
      if (!isRecord(value)) throw unreadable('gemini', 'an event of the stream is not JSON')
      if (isRecord(value.error)) {
        const { error } = failedAnswer(namedError(value.error))
        return error ? [{ type: 'error', ...error }] : []
      }
      return reading.read(value)
    },
    end: reading.end,
  }
}

/** `code` repeats the status of HTTP; `status` is the name. */
const namedError = (error: Json): Json => ({ ...error, code: error.status ?? error.code })

type Calling = { readonly block: number; readonly arguments: ReturnType<typeof createPartialArguments> }

type Counter = { blocks: number; readonly answer: () => string | undefined }

/** One of the candidates; blocks are numbered over all of them. */
function createCandidate(choice: number, counter: Counter) {
  let open: { readonly block: number; readonly kind: 'text' | 'reasoning' } | undefined
  let calling: Calling | undefined
  let textBlock: number | undefined
  let calls = 0
  let finish: FinishReason | undefined

  const begin = (start: BlockStart, events: AnswerEvent[]): number => {
    endCall(events)
    if (open) events.push({ type: 'close', block: open.block })
    open = undefined
    const block = counter.blocks++
    events.push({ type: 'open', block, start, ...(choice > 0 && { choice }) })
    return block
  }
  const endCall = (events: AnswerEvent[]) => {
    if (!calling) return
    events.push({ type: 'delta', block: calling.block, text: calling.arguments.text() })
    events.push({ type: 'close', block: calling.block })
    calling = undefined
  }
  const say = (kind: 'text' | 'reasoning', text: string, events: AnswerEvent[]) => {
    if (open?.kind !== kind) open = { block: begin({ kind }, events), kind }
    if (kind === 'text') textBlock = open.block
    events.push({ type: 'delta', block: open.block, text })
  }
  /** A signature of what is no thought is kept as a thought that says nothing. */
  const sign = (signature: string, events: AnswerEvent[]) => {
    const block = begin({ kind: 'reasoning' }, events)
    events.push({ type: 'signature', block, signature }, { type: 'close', block })
  }
  const readCall = (call: Json, signature: string | undefined, events: AnswerEvent[]) => {
    const name = textIn(call.name)
    if (name === undefined) {
      calling?.arguments.push(call.partialArgs)
      if (call.willContinue !== true) endCall(events)
      return
    }
    const callId = textIn(call.id) || `call_${counter.answer() ?? 'gemini'}_${choice > 0 ? `${choice}_` : ''}${calls}`
    calls++
    // Dialects whose calls have no place for a signature keep it with the thought before the call.
    if (signature !== undefined) sign(signature, events)
    const block = begin({ kind: 'tool-call', id: callId, name, ...present({ signature }) }, events)
    if (call.willContinue === true) {
      calling = { block, arguments: createPartialArguments() }
      calling.arguments.push(call.partialArgs)
      return
    }
    events.push({ type: 'delta', block, text: JSON.stringify(call.args ?? {}) }, { type: 'close', block })
  }
  const readPart = (part: Json, events: AnswerEvent[]) => {
    const signature = textIn(part.thoughtSignature)
    if (isRecord(part.functionCall)) return readCall(part.functionCall, signature, events)
    const text = textIn(part.text)
    if (text === undefined) {
      const block = begin({ kind: 'native', wire: 'gemini', value: part }, events)
      events.push({ type: 'close', block })
      return
    }
    if (text !== '') say(part.thought === true ? 'reasoning' : 'text', text, events)
    if (signature === undefined) return
    if (part.thought !== true || open?.kind !== 'reasoning') sign(signature, events)
    else events.push({ type: 'signature', block: open.block, signature })
  }
  const readCitations = (grounding: Json, events: AnswerEvent[]) => {
    const chunks = Array.isArray(grounding.groundingChunks) ? grounding.groundingChunks : []
    const supports = Array.isArray(grounding.groundingSupports) ? grounding.groundingSupports.filter(isRecord) : []
    if (textBlock === undefined) return
    for (const support of supports) {
      const quote = isRecord(support.segment) ? textIn(support.segment.text) : undefined
      for (const place of Array.isArray(support.groundingChunkIndices) ? support.groundingChunkIndices : []) {
        const chunk = chunks[Number(place)]
        const source = isRecord(chunk) ? (chunk.web ?? chunk.retrievedContext) : undefined
        if (!isRecord(source)) continue
        const citation = present({ url: textIn(source.uri), title: textIn(source.title), quote })
        events.push({ type: 'citation', block: textBlock, citation })
      }
    }
  }

  return {
    read(candidate: Json, events: AnswerEvent[]): void {
      const content = isRecord(candidate.content) ? candidate.content : {}
      for (const part of Array.isArray(content.parts) ? content.parts.filter(isRecord) : []) readPart(part, events)
      const tokens = readGeminiLogprobs(candidate.logprobsResult)
      if (tokens && textBlock !== undefined) events.push({ type: 'logprobs', block: textBlock, tokens })
      if (isRecord(candidate.groundingMetadata)) readCitations(candidate.groundingMetadata, events)
      const reason = textIn(candidate.finishReason)
      if (reason && reason !== 'FINISH_REASON_UNSPECIFIED') finish = FINISHES[reason] ?? 'unknown'
    },
    /** Closes what is open; undefined when it never said why it stopped. */
    end(events: AnswerEvent[]): FinishReason | undefined {
      endCall(events)
      if (open) events.push({ type: 'close', block: open.block })
      open = undefined
      // A call of a tool stops like any other answer here.
      return finish === 'stop' && calls > 0 ? 'tool-calls' : finish
    },
  }
}

/** More candidates than anybody may ask for are not read. */
const MOST_CANDIDATES = 128

function createReading() {
  let id: string | undefined
  let model: string | undefined
  let isBlocked = false
  const counter: Counter = { blocks: 0, answer: () => id }
  const candidates: ReturnType<typeof createCandidate>[] = []
  const candidateAt = (index: number) => {
    while (candidates.length <= index) candidates.push(createCandidate(candidates.length, counter))
    return candidates[index]
  }
  return {
    read(value: Json): AnswerEvent[] {
      const events: AnswerEvent[] = []
      const told = { id: textIn(value.responseId), model: textIn(value.modelVersion) }
      if ((told.id && told.id !== id) || (told.model && told.model !== model)) {
        id = told.id ?? id
        model = told.model ?? model
        events.push({ type: 'start', ...present(told) })
      }
      const found = Array.isArray(value.candidates) ? value.candidates.filter(isRecord) : []
      for (const candidate of found) {
        // It leaves a nought out.
        const index = count(candidate.index) ?? 0
        if (index < MOST_CANDIDATES) candidateAt(index)?.read(candidate, events)
      }
      if (found.length === 0 && isRecord(value.promptFeedback) && value.promptFeedback.blockReason) isBlocked = true
      const usage = isRecord(value.usageMetadata) ? geminiUsage(value.usageMetadata) : undefined
      if (usage) events.push({ type: 'usage', usage })
      return events
    },
    /** Nothing but the reason says that it is whole, and older models say it with every event. */
    end(): AnswerEvent[] {
      const events: AnswerEvent[] = []
      const reasons = candidates.map((candidate) => candidate.end(events))
      if (isBlocked && reasons.length === 0) reasons.push('filtered')
      for (const [choice, reason] of reasons.entries())
        if (reason !== undefined) events.push({ type: 'finish', reason, ...(choice > 0 && { choice }) })
      if (reasons.length > 0 && reasons.every((reason) => reason !== undefined)) events.push({ type: 'end' })
      return events
    },
  }
}

const FINISHES: Readonly<Record<string, FinishReason>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'filtered',
  RECITATION: 'filtered',
  LANGUAGE: 'filtered',
  BLOCKLIST: 'filtered',
  PROHIBITED_CONTENT: 'filtered',
  SPII: 'filtered',
  IMAGE_SAFETY: 'filtered',
  IMAGE_PROHIBITED_CONTENT: 'filtered',
  IMAGE_RECITATION: 'filtered',
  MODEL_ARMOR: 'filtered',
}

/** Thoughts stand beside the answer, and what tools read beside the prompt. Undefined when nothing is counted. */
function geminiUsage(usage: Json): AnswerUsage | undefined {
  const prompt = count(usage.promptTokenCount)
  if (prompt === undefined) return undefined
  const thoughts = count(usage.thoughtsTokenCount)
  return {
    inputTokens: prompt + (count(usage.toolUsePromptTokenCount) ?? 0),
    outputTokens: (count(usage.candidatesTokenCount) ?? 0) + (thoughts ?? 0),
    ...present({
      cacheReadTokens: count(usage.cachedContentTokenCount),
      reasoningTokens: thoughts,
      inputAudioTokens: audioIn(usage.promptTokensDetails),
      outputAudioTokens: audioIn(usage.candidatesTokensDetails),
    }),
  }
}

const audioIn = (details: unknown): number | undefined => {
  const audio = Array.isArray(details) ? details.find((one) => isRecord(one) && one.modality === 'AUDIO') : undefined
  return isRecord(audio) ? count(audio.tokenCount) || undefined : undefined
}
