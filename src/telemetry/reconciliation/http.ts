/** The route of reconciliations, bound to its verb. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { reconcileUsage } from './contract.ts'
import type { createReconcile } from './reconcile.ts'

export const reconciliationHttp = (reconcile: ReturnType<typeof createReconcile>): Mounted[] => [
  handle(reconcileUsage, async ({ body, caller }) => reply(200, await reconcile({ caller, ask: body }))),
]
