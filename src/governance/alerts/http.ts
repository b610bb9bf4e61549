/** HTTP of alerts. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { Alerts } from './alerts.ts'
import { acknowledgeAlert, drawAlertLines, getAlertLines, listAlerts, lookForAlerts } from './contract.ts'

/** No application has this name, so that only callers who may see all of them pass. */
const EVERY_APPLICATION = '*'

export const alertsHttp = (alerts: Alerts): Mounted[] => [
  handle(listAlerts, async ({ query, caller }) => {
    if (query.application !== undefined) demandApplication(caller, query.application)
    return reply(200, { items: await alerts.list({ ...query, caller }) })
  }),
  handle(acknowledgeAlert, async ({ params: { id }, body, caller }) =>
    reply(200, await alerts.acknowledge({ id, ...body, by: caller })),
  ),
  handle(getAlertLines, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await alerts.lines(name))
  }),
  handle(drawAlertLines, async ({ params: { name }, body, caller }) => {
    demandApplication(caller, name)
    return reply(200, await alerts.drawLines({ application: name, ...body, by: caller.actor }))
  }),
  handle(lookForAlerts, async ({ caller }) => {
    demandApplication(caller, EVERY_APPLICATION)
    return reply(200, await alerts.round())
  }),
]
