/** Alerts over what requests, charters, inventories and newest releases say of each application. */
import type { ReleaseKnowledge } from '../assurance/index.ts'
import { Duties } from '../core/actor.ts'
import type { Name } from '../core/names.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import type { createSwaps } from '../evals/index.ts'
import {
  type AlertsDeps,
  alertsHttp,
  createAlerts,
  documentsSignal,
  type Plan,
  type Signal,
  swapSignals,
} from '../governance/index.ts'
import { watchedOf } from './compass.ts'
import type { PlanningWiring } from './planning.ts'
import { providerSignalsOf } from './provider-signals.ts'

type Deps = PlanningWiring & Pick<AlertsDeps, 'report'>
type OfRelease = {
  readonly swaps: Pick<ReturnType<typeof createSwaps>, 'get'>
  readonly documents: Pick<ReleaseKnowledge, 'get'>
}

const MOST_SETTLED = 1_000

export function wireAlerts(deps: Deps, plan: Pick<Plan, 'kpisOf'>, { swaps, documents }: OfRelease) {
  const { delivery, access, report } = deps

  /** What could not be looked at is unknown, and the report says why. */
  async function looked(quiet: readonly Signal[], look: () => Promise<readonly Signal[]>): Promise<readonly Signal[]> {
    try {
      return await look()
    } catch (thrown) {
      report(thrown, 'alerts')
      return quiet.map((signal) => ({ ...signal, state: 'unknown' }))
    }
  }
  /** What is settled stays so while the release is the newest, and is not asked with every look. */
  const settled = new Map<ReleaseId, Signal[]>()
  const swapsOf = ({ id, number }: Release) =>
    looked(swapSignals(number, { changed: [], verdict: 'none' }), async () => {
      const kept = settled.get(id)
      if (kept) return kept
      const { models, prompts, verdict } = await swaps.get(id, access.systemActor)
      const found = swapSignals(number, { changed: [...models.map(({ name }) => name), ...prompts], verdict })
      if (settled.size >= MOST_SETTLED) settled.clear()
      if (verdict !== 'open') settled.set(id, found)
      return found
    })
  const documentsOf = ({ id, number }: Release) =>
    looked([documentsSignal(number, [])], async () => {
      const failing = (await documents.get(id)).measures.filter(({ verdict }) => verdict === 'FAIL')
      return [
        documentsSignal(
          number,
          failing.map(({ why }) => why),
        ),
      ]
    })

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
    async otherSignals() {
      const ofProviders = await providerSignalsOf(deps)
      return async (application, asked) => {
        const newest = await delivery.newestRelease(application)
        if (!newest) return ofProviders({ asked, named: [] })
        const named = newest.manifest.models.map(({ model }) => model)
        const ofDocuments = newest.manifest.index ? await documentsOf(newest) : []
        return [...ofProviders({ asked, named }), ...(await swapsOf(newest)), ...ofDocuments]
      }
    },
  })
  const { personalPlaces, start, stop } = alerts
  return { http: alertsHttp(alerts), personalPlaces, start, stop, alerts }
}
