/** What KPIs became, as evidence of the release that users have; and values of KPIs from events of other systems. */
import type { Access } from '../access/index.ts'
import type { ReleaseId } from '../core/release.ts'
import type { Delivery } from '../delivery/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import {
  createKpiEvents,
  createKpiProof,
  type GovernanceDeps,
  type KpiEventsDeps,
  kpiEventsHttp,
} from '../governance/index.ts'
import { evidenceDoor } from './evidence-door.ts'
import { readPacks } from './packs.ts'

type Ground = Pick<GovernanceDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'> & {
  readonly delivery: Delivery
  readonly evidence: EvidenceLog
}

/** Stages in which people use it, so that a figure of the business says something of it. */
const STAGES = ['production', 'pilot'] as const

export function kpiProofOf(deps: Ground) {
  const { delivery } = deps
  return createKpiProof({
    ...deps,
    ...evidenceDoor(() => deps),
    applicationOf: delivery.getApplication,
    pilotRelease(application): ReleaseId | undefined {
      const stages = delivery.liveTable().applications[application]?.stages ?? {}
      return STAGES.flatMap((stage) => stages[stage]?.release ?? [])[0]
    },
  })
}

type EventsWiring = Ground &
  Pick<KpiEventsDeps, 'report'> & { readonly root: string; readonly access: Pick<Access, 'systemActor'> }

export function wireKpiEvents(
  deps: EventsWiring,
  { plan, proveKpis }: { plan: Pick<KpiEventsDeps, 'recordKpiValues'>; proveKpis: KpiEventsDeps['prove'] },
) {
  const { access, delivery } = deps
  const events = createKpiEvents({
    ...deps,
    systemActor: access.systemActor,
    presets: readPacks(deps.root).kpiPack.presets,
    applicationOf: delivery.getApplication,
    applications: delivery.applications.all,
    recordKpiValues: plan.recordKpiValues,
    prove: proveKpis,
  })
  return { http: kpiEventsHttp(events), start: () => events.start(), stop: () => events.stop() }
}
