/** Routes of telemetry, bound to its verbs. */
import { handle } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { getTelemetryStatus, getTrace, getUsage, listFeedback, listTraces, recordFeedback } from './contract.ts'
import { otlpHttp } from './otlp-http.ts'
import { reconciliationHttp } from './reconciliation/index.ts'
import { getSeries } from './series-contract.ts'
import type { Telemetry } from './telemetry.ts'
import { getResponseTimes } from './times/contract.ts'
import { getTraceCost, getUsageBy, getUsageCsv, recomputeCosts } from './usage-contract.ts'

export const telemetryHttp = (telemetry: Telemetry) => [
  handle(listTraces, async ({ query: { cursor, limit, ...filter }, caller }) =>
    reply(200, await telemetry.list({ caller, filter, cursor, limit })),
  ),
  handle(getTrace, async ({ params, caller }) => reply(200, await telemetry.get({ caller, traceId: params.id }))),
  handle(getTraceCost, async ({ params, caller }) =>
    reply(200, await telemetry.costOf({ caller, traceId: params.id })),
  ),
  ...otlpHttp(telemetry),
  handle(recordFeedback, async ({ body, caller }) =>
    reply(201, await telemetry.recordFeedback({ caller, draft: body })),
  ),
  handle(listFeedback, async ({ params, caller }) =>
    reply(200, { items: await telemetry.history({ caller, traceId: params.id }) }),
  ),
  handle(getUsage, async ({ params, query, caller }) =>
    reply(200, await telemetry.usage({ caller, application: params.name, ...query })),
  ),
  handle(getSeries, async ({ params, query, caller }) =>
    reply(200, await telemetry.usageBy.series({ caller, application: params.name, ...query })),
  ),
  handle(getResponseTimes, async ({ params, query, caller }) =>
    reply(200, await telemetry.responseTimes({ caller, application: params.name, ...query })),
  ),
  handle(getUsageBy, async ({ query, caller }) => reply(200, await telemetry.usageBy.count({ caller, query }))),
  handle(getUsageCsv, async ({ query, caller }) => csvOf(await telemetry.usageBy.csv({ caller, query }))),
  handle(recomputeCosts, async ({ query, caller }) => reply(200, await telemetry.recompute({ caller, query }))),
  ...reconciliationHttp(telemetry.reconcile),
  handle(getTelemetryStatus, async () => reply(200, telemetry.status())),
]

const csvOf = (text: string): Response =>
  new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="usage.csv"',
    },
  })
