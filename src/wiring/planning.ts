/** Plans that read what was built and measured: the forecast of cost, the threat model, what follows from the impact. */
import type { Access } from '../access/index.ts'
import type { Name } from '../core/names.ts'
import type { Release } from '../core/release.ts'
import { STAGES } from '../core/stage.ts'
import type { Delivery } from '../delivery/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import {
  compassHttp,
  createForecasts,
  createImpacts,
  createOverviews,
  createThreatModels,
  type DayOfUse,
  type Forecast,
  forecastHttp,
  impactHttp,
  type Plan,
  type Position,
  threatsHttp,
} from '../governance/index.ts'
import { approximateMicroUsd } from '../kernel/money.ts'
import { DAY, type Instant, later, MINUTE } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import type { Telemetry } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import { estimateCost } from './estimate.ts'
import { type GovernanceWiring, governanceDepsOf, standingOf } from './governance.ts'
import { readPacks } from './packs.ts'

export type PlanningWiring = GovernanceWiring & {
  readonly root: string
  readonly access: Access
  readonly evidence: EvidenceLog
  readonly models: Models
  readonly telemetry: Telemetry
}

/** Two months: older days are another product. */
const LOOKED_BACK = 56 * DAY

export function wirePlanning(deps: PlanningWiring, plan: Plan) {
  const { clock, delivery, evidence, models, telemetry, db } = deps
  const forecasts = createForecasts({
    clock,
    applicationOf: delivery.getApplication,
    newestRelease: delivery.releases.newest,
    daysOf: (name) => daysOf(deps, name),
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
  const overviews = createOverviews({
    clock,
    forecasts,
    async applications() {
      const { items } = await delivery.applications.list({ cursor: undefined, limit: MOST_APPLICATIONS })
      return items.map(({ name }) => name)
    },
    positionOf: (name) => positionOf(delivery, name),
    planOf: plan.brief,
    stepsAt: ({ release: id, ...ask }) => delivery.gates.next({ id, ...ask, signal: new AbortController().signal }),
    watched: (name) => watchedOf(deps, name),
    feedbackOf: (name) =>
      telemetry.usageBy.satisfaction({ application: name, since: later(clock(), -SATISFACTION_DAYS * DAY) }),
  })
  return {
    http: [...forecastHttp(forecasts), ...threatsHttp(threats), ...impactHttp(impacts), ...compassHttp(overviews)],
    producers: [forecasts.producer, threats.producer],
  }
}

/** A question of twenty words, which is what people ask in the public data that comes with the project. */
const TYPICAL = [{ role: 'user' as const, content: Array(20).fill('word').join(' ') }]

/** As the program itself, for figures of one application. */
const OURSELVES = { application: null } as Caller

/** Each whole day from the first that had a request to yesterday; a day without one is a day of nothing. */
async function daysOf({ clock, telemetry }: PlanningWiring, name: string): Promise<DayOfUse[]> {
  const today = `${clock().slice(0, 10)}T00:00:00.000Z` as Instant
  const since = later(today, -LOOKED_BACK)
  const query = { by: ['day' as const], since, until: today, application: name as never }
  const { items } = await telemetry.usageBy.count({ caller: OURSELVES, query })
  const byDay = new Map(items.map((item) => [item.group.day ?? '', item]))
  const first = [...byDay.keys()].filter(Boolean).sort()[0]
  if (first === undefined) return []
  const days: DayOfUse[] = []
  for (let at = `${first}T00:00:00.000Z` as Instant; at < today; at = later(at, DAY)) {
    const day = at.slice(0, 10)
    const one = byDay.get(day)
    days.push({
      day,
      requests: one?.requests ?? 0,
      costUsd: approximateMicroUsd(one?.costMicroUsd ?? '0') / 1_000_000,
      unpriced: one?.unpriced ?? 0,
    })
  }
  return days
}

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

const SATISFACTION_DAYS = 28
const MOST_APPLICATIONS = 100
const QUARTER_HOUR = 15 * MINUTE

/** What is live is in memory; the newest release is read. */
async function positionOf(delivery: Delivery, name: Name): Promise<Position> {
  const newest = await delivery.releases.newest(name)
  const stages = delivery.liveTable().applications[name]?.stages ?? {}
  const stage = STAGES.findLast((one) => stages[one] !== undefined) ?? null
  const rollouts = await delivery.rollouts.list({ application: name }, { limit: 1 })
  return {
    releases: newest?.number ?? 0,
    newest: newest?.id ?? null,
    stage,
    isMoving: rollouts.items.some(({ state }) => MOVING.includes(state)),
    hasNewer: newest !== undefined && stage !== null && stages[stage]?.release !== newest.id,
  }
}

const MOVING: readonly string[] = ['planned', 'running', 'holding', 'paused']

/** What the three alerts without set-up look at. */
export async function watchedOf(
  { access, clock, telemetry }: Pick<PlanningWiring, 'access' | 'clock' | 'telemetry'>,
  name: Name,
) {
  const now = clock()
  const ask = (by: 'application' | 'model', since: Instant) =>
    telemetry.usageBy.count({ caller: OURSELVES, query: { by: [by], since, application: name } })
  const day = await ask('application', later(now, -DAY))
  const models = await ask('model', later(now, -QUARTER_HOUR))
  const { cost } = access.limits.status(name)
  return {
    requests: day.total.requests,
    errors: day.total.errors,
    spentShare: cost.share,
    spentThisMonthUsd: approximateMicroUsd(cost.spentMicroUsd) / 1_000_000,
    models: models.items.map(({ group, requests, errors }) => ({ model: group.model ?? 'unknown', requests, errors })),
  }
}
