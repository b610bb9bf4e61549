/**
 * The life of one answer, as a table. Cancelling, billing and recording hang on it and on nothing else.
 *
 * connecting → headers → buffering → committed → complete | errored | cancelled → settled
 *
 * Before `committed` nothing has left for the client, so a failure can still become a plain HTTP error; after it only
 * the protocol's error event is honest. Invariant: an answer ends in exactly one of the three ends and is settled once.
 */
export const STREAM_STATES = [
  'connecting',
  'headers',
  'buffering',
  'committed',
  'complete',
  'errored',
  'cancelled',
  'settled',
] as const
export type StreamState = (typeof STREAM_STATES)[number]

/**
 * opened: the upstream has answered with its head · held: bytes came that mean nothing yet · sent: bytes go to the
 * client · ended: the answer is whole · failed: it broke · hung-up: the client is gone · retried: another target is asked, as
 * nothing has left for the client yet · settled: it was recorded.
 */
export const STREAM_EVENTS = ['opened', 'held', 'sent', 'ended', 'failed', 'hung-up', 'retried', 'settled'] as const
export type StreamEvent = (typeof STREAM_EVENTS)[number]

const underWay = { ended: 'complete', failed: 'errored', 'hung-up': 'cancelled' } as const

const TABLE: Readonly<Record<StreamState, Partial<Readonly<Record<StreamEvent, StreamState>>>>> = {
  connecting: { ...underWay, opened: 'headers', retried: 'connecting' },
  headers: { ...underWay, held: 'buffering', sent: 'committed', retried: 'connecting' },
  buffering: { ...underWay, held: 'buffering', sent: 'committed', retried: 'connecting' },
  committed: { ...underWay, sent: 'committed' },
  complete: { settled: 'settled' },
  errored: { settled: 'settled' },
  cancelled: { settled: 'settled' },
  settled: {},
}

/** The state after the event; undefined when the event means nothing in this state and is passed over. */
export const nextState = (state: StreamState, event: StreamEvent): StreamState | undefined => TABLE[state][event]

export const isUnderWay = (state: StreamState): boolean => TABLE[state].failed !== undefined
