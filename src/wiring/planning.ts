/** Plans that read what was built and measured: the forecast of cost, the threat model, what follows from the impact. */
import type { Access } from '../access/index.ts'
import type { Release } from '../core/release.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import {
  compassHttp,
  createForecasts,
  createImpacts,
  createOverviews,
  createThreatModels,
  type Forecast,
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
import { createWarmUp } from './warm-up.ts'

export type PlanningWiring = GovernanceWiring & {
  readonly root: string
  readonly access: Access
  readonly evidence: EvidenceLog
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
    savingsOf: async (ask) => savingsOf(models, ask),
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

/** Tokens in and out of a usual answer; a model's two prices weigh accordingly. */
const IN_TO_OUT = 4
const MOST_SAVINGS = 3

/** The models that cost least instead of each that the release asks; whether they are as good an experiment says. */
function savingsOf(
  models: Pick<Models, 'card' | 'list'>,
  { release, monthlyUsd }: { release: Release; monthlyUsd: number },
): Forecast['savings'] {
  const price = (model: string): number | null => {
    const { price: known } = models.card(model)
    return known ? Number(known.input) * IN_TO_OUT + Number(known.output) : null
  }
  const asked = release.manifest.models.filter(({ name }) =>
    release.manifest.flow.steps.some((step) => step.use === 'generate' && step.model === name),
  )
  const whole = asked.reduce((sum, { model }) => sum + (price(model) ?? 0), 0)
  if (whole === 0) return []
  return asked
    .flatMap(({ name, model }) => {
      const now = price(model) ?? 0
      return models
        .list()
        .filter((card) => card.works && card.kind !== 'scripted' && card.kind !== 'replay' && card.model !== model)
        .flatMap((card) => {
          const then = price(card.model)
          if (then === null || then >= now) return []
          return {
            part: name,
            from: model,
            to: card.model,
            monthlyUsd: (monthlyUsd * (now - then)) / whole,
            prove: `airworthy eval ${release.application} --release r${release.number} --model ${name}=${card.model}`,
          }
        })
    })
    .sort((a, b) => b.monthlyUsd - a.monthlyUsd)
    .slice(0, MOST_SAVINGS)
}
