/** What is kept of a provider's answer. */
import type { Usage } from '../../telemetry/index.ts'

export type Read = {
  readonly id: string | null
  readonly output: string
  readonly finishReason: string | null
  /** Undefined when the provider did not say. */
  readonly usage: (Usage & { readonly cacheReadTokens?: number; readonly cacheWriteTokens?: number }) | undefined
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
