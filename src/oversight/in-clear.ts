/** Held answers and calls of before that are to be sealed. */
import { type InClear, inClear } from '../store/in-clear.ts'
import { listClearCalls, sealCalls } from './calls/store.ts'
import { closedAnswer, closedCall } from './sealed.ts'
import { listClearHeld, sealHeld } from './store.ts'

export const heldInClear: readonly InClear[] = [
  inClear({ list: listClearHeld, close: closedAnswer, write: sealHeld }),
  inClear({ list: listClearCalls, close: closedCall, write: sealCalls }),
]
