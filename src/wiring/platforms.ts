/** Platforms beside each other: providers and cards from models, what was asked from telemetry. */
import { type Clock, DAY, later } from '../kernel/time.ts'
import { type Models, platformsHttp, platformsOf } from '../models/index.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'

type Deps = {
  readonly clock: Clock
  readonly models: Pick<Models, 'providers' | 'list'>
  readonly telemetry: Pick<Telemetry, 'usageBy'>
}

const LOOKED_BACK = 28 * DAY
/** As the program itself, for figures of all applications. */
const OURSELVES = { application: null } as Caller

export const wirePlatforms = ({ clock, models, telemetry }: Deps) => ({
  http: platformsHttp(async () => {
    const query = { by: ['model' as const], since: later(clock(), -LOOKED_BACK) }
    const { items } = await telemetry.usageBy.count({ caller: OURSELVES, query })
    const used = items.flatMap(({ group, requests, errors, latencyP50Ms }) =>
      group.model ? [{ model: group.model, requests, errors, latencyP50Ms }] : [],
    )
    return platformsOf({ providers: models.providers.list(), cards: models.list(), used })
  }, clock),
})
