/** What a dialect offers: how it is read from a client and written to a provider, and the other way round. */
import type { Answer, AnswerEvent } from './answer.ts'
import type { Loss } from './carry.ts'
import type { Quirks } from './quirks.ts'
import type { CanonicalRequest, ReadRequest, Settings, Wire } from './request.ts'

/** What an answer of ours says of itself where the provider's own words do not reach. */
export type AnswerHead = {
  readonly id: string
  /** Seconds since 1970. */
  readonly created: number
  readonly model: string
  /** Of the request, where answers of the dialect say it again. */
  readonly repeated?: Readonly<Record<string, unknown>>
}

export type Told = {
  /** The name of our error, stable. */
  readonly code: string
  readonly message: string
  readonly status: number
  /** The field at fault. */
  readonly field: string | null
}

/** How clients speak. */
export type Inbound = {
  readonly wire: Wire
  /** What clients call the settings, for those that they can say. */
  readonly names: { readonly [Field in keyof Settings]?: string }
  /** Fields that the canonical form has no place for, and without which the answer would be another. */
  readonly matters: ReadonlySet<string>
  /** Throws `dialects.request-not-valid` with the field at fault. */
  readRequest(body: Readonly<Record<string, unknown>>): ReadRequest
  writeAnswer(answer: Answer, head: AnswerHead): Record<string, unknown>
  /** Text of server-sent events, for one stream. `ask` is the request that it answers. */
  createWriter(head: AnswerHead, ask: WriterAsk): StreamWriter
  /** The body of an error that is answered instead. */
  writeError(told: Told): Record<string, unknown>
  /** The event that ends a stream which began well. */
  writeStreamError(told: Told): string
}

export type WriterAsk = {
  /** A last chunk with the usage was asked for, where the dialect leaves that to the client. */
  readonly includeUsage: boolean
}

/** Gives the text that an event adds to the stream, which may be none. */
export type StreamWriter = { push(event: AnswerEvent): string }

/** How providers are spoken to. */
export type Outbound = {
  readonly wire: Wire
  /** The body, without the name of the model where that stands in the address; and what could not be said. */
  writeRequest(request: CanonicalRequest, ask: WriteAsk): WrittenRequest
  /** Throws `dialects.answer-unreadable`. */
  readAnswer(body: unknown): Answer
  /** Cuts the bytes of a stream into the data of its events. */
  createFrames(): FrameReader
  /** Whether bytes begin as such a stream does, whatever they are called; absent where server-sent events are spoken. */
  isFramed?(piece: Uint8Array): boolean
  createReader(): StreamReader
}

/** Of the provider that is asked. */
export type WriteAsk = { readonly model: string; readonly quirks?: Quirks | undefined }

export type WrittenRequest = {
  readonly body: Readonly<Record<string, unknown>>
  readonly losses: readonly Loss[]
}

/** Takes bytes that may be cut anywhere. Throws what no bytes of such a stream can be. */
export type FrameReader = {
  /** The data of every event that this piece completes. */
  push(chunk: Uint8Array): string[]
  /** The data of an event that the stream ended in. */
  end(): string[]
}

/** Takes the data of one event of a stream after the other. `end` when the connection closes. */
export type StreamReader = { push(data: string): AnswerEvent[]; end(): AnswerEvent[] }
