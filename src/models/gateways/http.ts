/** The route of what gateways say of themselves, bound to its verb. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { listGatewayReports } from './contract.ts'
import type { Gateways } from './gateways.ts'

export const gatewaysHttp = (gateways: Pick<Gateways, 'list'>): Mounted[] => [
  handle(listGatewayReports, async ({ caller }) =>
    // Figures of the whole house are none of one application's.
    reply(200, { items: caller.application === null ? await gateways.list() : [] }),
  ),
]
