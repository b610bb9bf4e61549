/** The record of a request before anything is known about it but who asks. */
import type { IncomingMessage } from 'node:http'
import type { Instant } from '../kernel/time.ts'
import type { Settled } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import type { Protocol } from './protocols/protocol.ts'
import { remoteParentOf } from './request-headers.ts'

/** What becomes known about a request on its way; the rest the exchange knows itself. */
export type Facts = Omit<
  Settled,
  | 'traceId'
  | 'spanId'
  | 'at'
  | 'organisation'
  | 'keyId'
  | 'operation'
  | 'status'
  | 'httpStatus'
  | 'errorCode'
  | 'latencyMs'
  | 'firstTokenMs'
  | 'overheadMs'
>

type Begun = {
  readonly traceId: string
  readonly spanId: string
  readonly at: Instant
  readonly caller: Caller
  readonly protocol: Protocol
  readonly request: IncomingMessage
}

export const draftOf = (exchange: Begun): Settled => ({
  traceId: exchange.traceId,
  spanId: exchange.spanId,
  remoteParent: remoteParentOf(exchange.request),
  at: exchange.at,
  organisation: exchange.caller.organisation,
  keyId: exchange.caller.key,
  operation: exchange.protocol.operation,
  status: 'complete',
  httpStatus: 0,
  errorCode: null,
  latencyMs: 0,
  firstTokenMs: null,
  overheadMs: 0,
  application: null,
  stage: null,
  release: null,
  releaseDigest: null,
  arm: null,
  rollout: null,
  unit: '',
  subjectSource: 'conversation',
  requestedModel: '',
  servedBy: null,
  provider: null,
  responseId: null,
  stream: false,
  finishReason: null,
  usage: { inputTokens: 0, outputTokens: 0, estimated: true },
  costMicroUsd: null,
  priceBook: null,
  charges: [],
  abstained: false,
  citations: [],
  invalidCitations: [],
  input: [],
  output: '',
  steps: [],
  metadata: {},
  user: null,
})
