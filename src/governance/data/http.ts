/** HTTP of data governance. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { paperResponse } from '../plan/paper-response.ts'
import { addDataGap, exportDataGovernance, getDataGovernance, requestDataset } from './contract.ts'
import type { DataGovernance } from './data.ts'

export const dataHttp = (data: DataGovernance): Mounted[] => [
  handle(getDataGovernance, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await data.get(name))
  }),
  handle(addDataGap, async ({ params: { name }, body, caller }) => {
    demandApplication(caller, name)
    return reply(201, await data.addGap({ name, ...body, by: caller }))
  }),
  handle(requestDataset, async ({ params: { name, gap }, body, caller }) => {
    demandApplication(caller, name)
    return reply(200, await data.request({ name, gap, ...body, by: caller }))
  }),
  handle(exportDataGovernance, async ({ params: { name }, query: { format }, caller }) => {
    demandApplication(caller, name)
    return paperResponse(await data.export({ name, format }), { format, name: `${name}-data` })
  }),
]
