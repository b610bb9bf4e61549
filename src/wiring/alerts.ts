/** Alerts over what requests, charters and inventories say of each application. */
import { Duties } from '../core/actor.ts'
import type { Name } from '../core/names.ts'
import { type AlertsDeps, alertsHttp, createAlerts, type Plan } from '../governance/index.ts'
import { watchedOf } from './compass.ts'
import type { PlanningWiring } from './planning.ts'

type Deps = PlanningWiring & Pick<AlertsDeps, 'report'>

export function wireAlerts(deps: Deps, plan: Pick<Plan, 'kpisOf'>) {
  const { delivery, access } = deps
  const alerts = createAlerts({
    ...deps,
    systemActor: access.systemActor,
    applicationOf: delivery.getApplication,
    applications: async () => (await delivery.names()).map(({ name }) => name),
    async watched() {
      const watched = await watchedOf(deps, null)
      return (name) => watched(name as Name)
    },
    async duties() {
      const kept = await delivery.documentOfAll('duties')
      return new Map(kept.map(({ application, value }) => [application, Duties.safeParse(value).data ?? {}]))
    },
    kpisOf: plan.kpisOf,
  })
  const { personalPlaces, start, stop } = alerts
  return { http: alertsHttp(alerts), personalPlaces, start, stop, alerts }
}
