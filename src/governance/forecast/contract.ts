/** The route of the forecast. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { Forecast } from './forecast.ts'

export const getCostForecast = route({
  name: 'getCostForecast',
  method: 'GET',
  path: '/api/v1/applications/:name/forecast',
  summary: 'Forecast the cost of the next 30 days, with the error of a forecast like it, and what would cost less',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  query: z.object({
    /** What if models cost so many times as much. */
    priceFactor: z.coerce.number().min(0).max(100).default(1),
    /** What if it were asked so often; as stated in resources.yaml when left out. */
    requestsPerDay: z.coerce.number().min(0).optional(),
  }),
  returns: { 200: Forecast },
})
