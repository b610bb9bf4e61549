/** Providers of which none has batches, for tests and the bench. */
import { NOTHING } from '../kernel/money.ts'
import type { Batching } from './batching.ts'

const nobody = async (): Promise<never> => {
  throw new Error('Nothing is sent in batches here.')
}

export const noBatches: Batching = {
  modelOf: () => undefined,
  most: () => ({ requests: 1, bytes: 1 }),
  costOf: () => null,
  boundOf: () => ({ requests: 0, tokens: 0, costMicroUsd: NOTHING }),
  requestOf: async () => undefined,
  outcomeOf: nobody,
  send: nobody,
  find: nobody,
  look: nobody,
  read: nobody,
  cancel: nobody,
  settle: () => {},
  keepOnly: () => {},
}
