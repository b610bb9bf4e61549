/** Routes of alerts. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { AlertId, AlertState, RaisedAlert } from './alert.ts'

export const ServedAlert = RaisedAlert.extend({
  state: AlertState,
  /** Who is told by mail, as the blueprint names them. */
  to: z.array(z.string()),
})
export type ServedAlert = z.infer<typeof ServedAlert>

export const listAlerts = route({
  name: 'listAlerts',
  method: 'GET',
  path: '/api/v1/alerts',
  summary: 'List alerts, the newest first: errors, cost, a provider that is down, KPIs, and sources past their day',
  permission: 'view',
  mcp: true,
  query: z.strictObject({ application: Name.optional(), state: AlertState.optional() }),
  returns: { 200: z.object({ items: z.array(ServedAlert) }) },
})

export const acknowledgeAlert = route({
  name: 'acknowledgeAlert',
  method: 'POST',
  path: '/api/v1/alerts/:id/acknowledgement',
  summary: 'Say that you saw an alert, and what you do about it; it ends by itself when its cause is gone',
  permission: 'operate',
  mcp: true,
  params: z.object({ id: AlertId }),
  body: z.strictObject({ note: z.string().trim().max(2000).default('') }),
  example: { note: 'The provider has an outage; the route goes to the other one.' },
  returns: { 200: ServedAlert },
})

export const lookForAlerts = route({
  name: 'lookForAlerts',
  method: 'POST',
  path: '/api/v1/alerts/rounds',
  summary: 'Look at all applications now, as is done every five minutes: alerts begin and end',
  permission: 'operate',
  returns: { 200: z.object({ opened: z.number().int(), ended: z.number().int() }) },
})
