/** What a dialect offers: how it is read from a client and written to a provider, and the other way round. */
import type { Answer, AnswerEvent } from './answer.ts'
import type { Loss } from './carry.ts'
import type { CanonicalRequest, ReadRequest, Wire } from './request.ts'

/** What an answer of ours says of itself where the provider's own words do not reach. */
export type AnswerHead = {
  readonly id: string
  /** Seconds since 1970. */
  readonly created: number
  readonly model: string
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
  writeRequest(request: CanonicalRequest, ask: { readonly model: string }): WrittenRequest
  /** Throws `dialects.answer-unreadable`. */
  readAnswer(body: unknown): Answer
  createReader(): StreamReader
}

export type WrittenRequest = {
  readonly body: Readonly<Record<string, unknown>>
  readonly losses: readonly Loss[]
}

/** Takes the data of one event of a stream after the other. `end` when the connection closes. */
export type StreamReader = { push(data: string): AnswerEvent[]; end(): AnswerEvent[] }
