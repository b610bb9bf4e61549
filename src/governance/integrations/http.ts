/** HTTP of integrations. */
import type { Name } from '../../core/names.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { listIntegrations } from './contract.ts'
import type { Integrations } from './integration.ts'

export const integrationsHttp = (of: (name: Name) => Promise<Integrations>): Mounted[] => [
  handle(listIntegrations, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await of(name))
  }),
]
