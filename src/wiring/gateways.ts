/** What the gateway of this process says of itself, gathered from those who know. */
import { monotonicMs } from '../kernel/time.ts'
import { createGateways, type GatewayReport, type Gateways, gatewaysHttp, type Models } from '../models/index.ts'
import type { Store } from '../store/store.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Mounted } from '../wire/handle.ts'
import { createLiveWindow } from './live-window.ts'

type Figures = Pick<GatewayReport, 'targets' | 'budgets'>

export function wireGateways({
  store,
  isGateway,
  gateway,
  telemetry,
  models,
  ...deps
}: Omit<Parameters<typeof createGateways>[0], 'read' | 'process' | 'isShared'> & {
  store: Pick<Store, 'id' | 'hasOthers'>
  /** Whether this process answers the model routes itself. */
  isGateway: boolean
  gateway: {
    inFlight(): number
    cacheFigures(): GatewayReport['cache']
    targetFigures(): { targets: readonly Figures['targets'][number][]; budgets: readonly Figures['budgets'][number][] }
  }
  telemetry: { readonly recorder: Pick<Telemetry['recorder'], 'onSettled'> }
  models: Pick<Models, 'providers'>
}): { http: Mounted[] } & Pick<Gateways, 'start' | 'close'> {
  const live = createLiveWindow({ nowMs: monotonicMs })
  const stop = telemetry.recorder.onSettled(live.observe)
  const gateways = createGateways({
    ...deps,
    process: store.id,
    isShared: store.hasOthers,
    read: isGateway
      ? () => {
          const { targets, budgets } = gateway.targetFigures()
          return {
            underWay: gateway.inFlight(),
            ...live.read(),
            cache: gateway.cacheFigures(),
            targets: [...targets],
            budgets: [...budgets],
            credentials: models.providers.resting(),
          }
        }
      : undefined,
  })
  return {
    http: gatewaysHttp(gateways),
    start: gateways.start,
    async close() {
      stop()
      await gateways.close()
    },
  }
}
