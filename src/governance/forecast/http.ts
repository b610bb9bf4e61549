/** HTTP of the forecast. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getCostForecast } from './contract.ts'
import type { Forecasts } from './forecasts.ts'

export const forecastHttp = (forecasts: Forecasts): Mounted[] => [
  handle(getCostForecast, async ({ params: { name }, query, caller }) => {
    demandApplication(caller, name)
    return reply(200, await forecasts.of(name, query))
  }),
]
