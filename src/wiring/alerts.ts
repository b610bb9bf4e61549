/** Alerts over what requests, charters and inventories say of each application. */
import type { Name } from '../core/names.ts'
import { type AlertsDeps, alertsHttp, createAlerts, type Plan } from '../governance/index.ts'
import { type PlanningWiring, watchedOf } from './planning.ts'

type Deps = PlanningWiring & Pick<AlertsDeps, 'report'>

export function wireAlerts(deps: Deps, plan: Pick<Plan, 'kpisOf'>) {
  const { delivery, access } = deps
  const alerts = createAlerts({
    ...deps,
    systemActor: access.systemActor,
    applicationOf: delivery.getApplication,
    applications: async () => (await delivery.declaredPrivacy()).map(({ application }) => application),
    watched: (name) => watchedOf(deps, name as Name),
    kpisOf: plan.kpisOf,
  })
  const { personalPlaces, start, stop } = alerts
  return { http: alertsHttp(alerts), personalPlaces, start, stop, alerts }
}
