/** HTTP of KPI events. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { rollUpKpiEvents, sendKpiEvents } from './contract.ts'
import type { KpiEvents } from './kpi-events.ts'

export const kpiEventsHttp = (kpiEvents: KpiEvents): Mounted[] => [
  handle(sendKpiEvents, async ({ params: { name }, body, caller }) => {
    demandApplication(caller, name)
    return reply(200, await kpiEvents.take({ name, events: [body].flat(), by: caller.actor }))
  }),
  handle(rollUpKpiEvents, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, { values: await kpiEvents.round(name) })
  }),
]
