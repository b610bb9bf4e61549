/** Routes of KPI events. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { CloudEvent } from './event.ts'

const EXAMPLE = {
  specversion: '1.0',
  id: 'ticket-4711',
  source: '/help-desk',
  type: 'ticket.closed',
  data: { kpi: 'Minutes to handle a case', value: 9 },
}

export const sendKpiEvents = route({
  name: 'sendKpiEvents',
  method: 'POST',
  path: '/api/v1/applications/:name/kpi-events',
  summary:
    'Tell cases of the business as they happen, each as a CloudEvent or several in a list; each period of the charter becomes a value of its KPI',
  permission: 'infer',
  params: z.object({ name: Name }),
  body: z.union([CloudEvent, z.array(CloudEvent).min(1).max(1000)]),
  example: EXAMPLE,
  returns: {
    200: z.object({
      /** Events that are new. */
      taken: z.number().int(),
      /** Events that were sent before. */
      known: z.number().int(),
    }),
  },
})

export const rollUpKpiEvents = route({
  name: 'rollUpKpiEvents',
  method: 'POST',
  path: '/api/v1/applications/:name/kpi-events/rounds',
  summary: 'Make values of the events of every period that is over now, as is done every hour',
  permission: 'build',
  params: z.object({ name: Name }),
  returns: { 200: z.object({ values: z.number().int() }) },
})
