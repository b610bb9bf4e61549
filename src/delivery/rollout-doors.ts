/** What the rollouts of an installation ask beside their own routes: forecast, acceptance, drill. One verb each. */
import { type Caller, demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import * as contract from './plan-routes.ts'
import type { createDrill, createForecasts } from './rollouts/index.ts'

export const rolloutDoors = ({
  forecasts,
  drill,
}: {
  forecasts: ReturnType<typeof createForecasts>
  drill: ReturnType<typeof createDrill>
}): Mounted[] => {
  const own = (caller: Caller, name: string) => demandApplication(caller, name)
  return [
    handle(contract.forecastRollout, async ({ params, body, caller }) => {
      own(caller, params.name)
      return reply(200, await forecasts.preview({ ...params, ...body }))
    }),
    handle(contract.acceptRolloutPlan, async ({ params, body, caller }) => {
      own(caller, params.name)
      return reply(201, await forecasts.accept({ ...params, ...body, caller }))
    }),
    handle(contract.drillRollback, async ({ params, caller }) => {
      own(caller, params.name)
      return reply(201, await drill({ ...params, by: caller.actor }))
    }),
  ]
}
