/** What the gateway of this process says of itself, gathered from those who know. */
import type { NewId } from '../kernel/ids.ts'
import { monotonicMs } from '../kernel/time.ts'
import { createGateways, type GatewayReport, type Gateways, gatewaysHttp, type Models } from '../models/index.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Mounted } from '../wire/handle.ts'
import { createLiveWindow } from './live-window.ts'

type Figures = Pick<GatewayReport, 'targets' | 'budgets'>

export function wireGateways({
  kind,
  newId,
  isGateway,
  gateway,
  telemetry,
  models,
  ...deps
}: Omit<Parameters<typeof createGateways>[0], 'read' | 'process' | 'isShared'> & {
  kind: 'embedded' | 'postgres'
  newId: NewId
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
    process: newId('prc'),
    isShared: kind === 'postgres',
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
