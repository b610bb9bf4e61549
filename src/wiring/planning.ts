/** Plans that read what was built and measured: the forecast of cost, the threat model, what follows from the impact. */
import type { Access } from '../access/index.ts'
import type { Evals } from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import {
  compassHttp,
  createForecasts,
  createImpacts,
  createOverviews,
  createThreatModels,
  forecastHttp,
  impactHttp,
  type Plan,
  threatsHttp,
} from '../governance/index.ts'
import { approximateMicroUsd } from '../kernel/money.ts'
import type { Models } from '../models/index.ts'
import type { Telemetry } from '../telemetry/index.ts'
import { createKeptDays, daysOf, materialsOf } from './compass.ts'
import { estimateCost } from './estimate.ts'
import { type GovernanceWiring, governanceDepsOf, standingOf } from './governance.ts'
import { readPacks } from './packs.ts'
import { createQualityOf } from './saving-quality.ts'
import { savingsOf } from './savings.ts'
import { createWarmUp } from './warm-up.ts'

export type PlanningWiring = GovernanceWiring & {
  readonly root: string
  readonly access: Access
  readonly evidence: EvidenceLog
  readonly evals: Evals
  readonly models: Models
  readonly telemetry: Telemetry
  readonly report: (thrown: unknown, where?: string) => void
}

export function wirePlanning(deps: PlanningWiring, plan: Plan) {
  const { clock, delivery, evidence, models, db } = deps
  const forecasts = createForecasts({
    clock,
    applicationOf: delivery.getApplication,
    newestRelease: delivery.releases.newest,
    daysOf: async (name) => (await daysOf(deps, name)).get(name) ?? [],
    async answerUsd({ manifest }) {
      const cost = await estimateCost({ models, manifest, flow: manifest.flow, turns: TYPICAL })
      return cost === null ? null : approximateMicroUsd(cost) / 1_000_000
    },
    priceBook: () => models.priceBook,
    savingsOf: async (ask) => {
      const qualityOf = await createQualityOf({ evals: deps.evals, releaseOf: delivery.getRelease }, ask.release)
      return savingsOf(models, { ...ask, at: clock(), qualityOf })
    },
    evidenceOf: (name) => evidence.allOf(db, name),
  })
  const packs = readPacks(deps.root)
  const governance = governanceDepsOf(deps)
  const standing = (name: string) => standingOf(delivery, name)
  const threats = createThreatModels({
    clock,
    threatPack: packs.threatPack,
    checks: delivery.catalogue.checks.map(({ id }) => id),
    applicationOf: delivery.getApplication,
    newestRelease: delivery.releases.newest,
    standingOf: standing,
  })
  const impacts = createImpacts({ ...governance, riskPack: packs.riskPack })
  const daysOfAll = createKeptDays(deps)
  const overviews = createOverviews({
    clock,
    materialsOf: (only) => materialsOf(deps, { only, forecasts, daysOfAll }),
    planOf: plan.brief,
    stepsAt: ({ release: id, ...ask }) => delivery.gates.next({ id, ...ask, signal: new AbortController().signal }),
  })
  return {
    http: [...forecastHttp(forecasts), ...threatsHttp(threats), ...impactHttp(impacts), ...compassHttp(overviews)],
    producers: [forecasts.producer, threats.producer],
    ...createWarmUp({ report: deps.report, list: delivery.applications.list, look: overviews.warm }),
  }
}

/** A question of twenty words, which is what people ask in the public data that comes with the project. */
const TYPICAL = [{ role: 'user' as const, content: Array(20).fill('word').join(' ') }]
