/** What is kept of a provider's answer, and how it is read while it passes. */
import type { Usage } from '../../core/usage.ts'

export type Read = {
  readonly id: string | null
  readonly output: string
  readonly finishReason: string | null
  /** Undefined when the provider did not say. */
  readonly usage: Usage | undefined
  /** The stream said that it is done, or the JSON is whole. */
  readonly isWhole: boolean
  /** The provider told of an error inside an answer that began well. */
  readonly error: string | undefined
}

export const NOTHING_READ: Read = {
  id: null,
  output: '',
  finishReason: null,
  usage: undefined,
  isWhole: false,
  error: undefined,
}

/** What one event of a stream means to whoever passes it on. */
export type Seen =
  /** A keep-alive, a role, an opening: nothing of the answer itself. */
  | 'frame'
  /** A piece of the answer. */
  | 'piece'
  /** The provider's word that it failed. */
  | 'error'
  /** Nothing more comes, and all is well. */
  | 'end'

/** Reads a stream event by event. `push` throws for data that cannot be read. */
export type EventReader = {
  push(data: string): Seen
  read(): Read
}
