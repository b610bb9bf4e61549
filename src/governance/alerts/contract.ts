/** Routes of alerts. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { AlertId, AlertState, RaisedAlert } from './alert.ts'
import { AlertLines, AlertLinesView } from './lines.ts'

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

const ofApplication = z.object({ name: Name })

export const getAlertLines = route({
  name: 'getAlertLines',
  method: 'GET',
  path: '/api/v1/applications/:name/alert-lines',
  summary: 'Read from which line on errors, cost and a provider that is down are alerts, and how it was drawn before',
  permission: 'view',
  mcp: true,
  params: ofApplication,
  returns: { 200: AlertLinesView },
})

export const drawAlertLines = route({
  name: 'drawAlertLines',
  method: 'PUT',
  path: '/api/v1/applications/:name/alert-lines',
  summary: 'Draw lines of alerts elsewhere; one that is not sent goes back to where it is for all',
  permission: 'operate',
  params: ofApplication,
  body: z.strictObject({
    lines: AlertLines.partial(),
    reason: z.string().trim().min(1).max(2000),
  }),
  example: { lines: { errors: 0.02, cost: 0.6 }, reason: 'Two in a hundred is what we promised.' },
  returns: { 200: AlertLinesView },
})

export const lookForAlerts = route({
  name: 'lookForAlerts',
  method: 'POST',
  path: '/api/v1/alerts/rounds',
  summary: 'Look at all applications now, as is done every five minutes: alerts begin and end',
  permission: 'operate',
  returns: { 200: z.object({ opened: z.number().int(), ended: z.number().int() }) },
})
