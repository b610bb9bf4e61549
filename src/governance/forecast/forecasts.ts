/** Verbs of the forecast: make one of an application as it stands, and record it for the gate (`cost.forecast`). */
import type { Application } from '../../core/application.ts'
import type { Evidence, EvidenceDraft } from '../../core/evidence.ts'
import type { Part } from '../../core/manifest.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { Release } from '../../core/release.ts'
import { createKept } from '../../kernel/kept.ts'
import { age, type Clock, DAY, type Instant } from '../../kernel/time.ts'
import { Charter } from '../documents/charter.ts'
import { isFilled } from '../documents/fields.ts'
import type { MeteredMonth } from '../resources/metered.ts'
import { Resources } from '../resources/resources.ts'
import { type DayOfUse, type Forecast, forecastOf, missedBy } from './forecast.ts'
import { meteredMonth } from './metered-month.ts'

export type ForecastDeps = {
  readonly clock: Clock
  readonly applicationOf: (name: string) => Promise<Application>
  /** The newest; undefined before the first. */
  readonly newestRelease: (name: string) => Promise<Release | undefined>
  /** Whole days of UTC from the first with a request to yesterday, those without one too. */
  readonly daysOf: (name: string) => Promise<DayOfUse[]>
  /** What one answer takes, in dollars; null when a price is not known. */
  readonly answerUsd: (release: Release) => Promise<number | null>
  readonly priceBook: () => Forecast['priceBook']
  readonly savingsOf: (ask: { release: Release; monthlyUsd: number }) => Promise<Forecast['savings']>
  readonly evidenceOf: (name: string) => Promise<readonly Evidence[]>
}

const CHECK = 'cost.forecast'
const PRODUCER = 'governance/forecast'
const WEEK_DAYS = 7
const MOST_BRIEFS = 2000

export type ForecastBrief = Pick<Forecast, 'basis' | 'p50Usd' | 'p90Usd' | 'budgetUsd' | 'says' | 'error'>
/** What a list says of the cost of an application: what it will be, and what its models took. */
export type CostBrief = { readonly forecast: ForecastBrief; readonly metered: MeteredMonth }

export type Forecasts = ReturnType<typeof createForecasts>

export function createForecasts(deps: ForecastDeps) {
  async function of(
    name: string,
    {
      priceFactor = 1,
      requestsPerDay,
      release: asked,
    }: { priceFactor?: number; requestsPerDay?: number | undefined; release?: Release } = {},
  ): Promise<Forecast> {
    const { documents } = await deps.applicationOf(name)
    const release = asked ?? (await deps.newestRelease(name))
    const stated = volumesOf(documents)
    const days = await deps.daysOf(name)
    const isAsked = requestsPerDay !== undefined
    const made = forecastOf({
      // A question of "what if" is not answered by what was.
      days: isAsked ? [] : days,
      volumes: isAsked ? { ...stated, requestsPerDay, requestsPerDayLow: null, requestsPerDayHigh: null } : stated,
      answer: await answerOf(days, release),
      priceFactor,
    })
    const budgetUsd = budgetOf(documents)
    const p90OfBudget = made.p90Usd === null || !budgetUsd ? null : made.p90Usd / budgetUsd
    return {
      ...made,
      budgetUsd,
      p90OfBudget,
      earlier: await earlierOf(name, days),
      priceBook: deps.priceBook(),
      priceFactor,
      savings: release && made.p50Usd ? await deps.savingsOf({ release, monthlyUsd: made.p50Usd }) : [],
    }
  }

  async function answerOf(days: readonly DayOfUse[], release: Release | undefined) {
    const priced = days.reduce((sum, day) => sum + day.requests - day.unpriced, 0)
    const cost = days.reduce((sum, day) => sum + day.costUsd, 0)
    if (priced >= 30) return { usd: cost / priced, from: 'metered' as const }
    const usd = release ? await deps.answerUsd(release) : null
    return usd === null ? null : { usd, from: 'estimated' as const }
  }

  async function earlierOf(name: string, days: readonly DayOfUse[]): Promise<Forecast['earlier']> {
    const now = deps.clock()
    const old = (await deps.evidenceOf(name))
      .filter(({ check, producer, at }) => check === CHECK && producer.name === PRODUCER && isOld(at, now))
      .reduce<Evidence | undefined>((newest, one) => (newest && newest.at > one.at ? newest : one), undefined)
    const [p50Usd, p90Usd] = [old?.facts.p50Usd?.value, old?.facts.p90Usd?.value]
    if (!old || typeof p50Usd !== 'number' || typeof p90Usd !== 'number') return null
    const missed = missedBy(
      { p50Usd, p90Usd },
      days.filter(({ day }) => day > old.at.slice(0, 10)),
    )
    return missed && { ...missed, at: old.at }
  }

  /** Bootstraps are drawn anew only when what they are drawn from is another. */
  const keptBriefs = createKept<string, CostBrief>(MOST_BRIEFS)

  /** In a list: of what is at hand, without what was forecast before and what would cost less. */
  async function brief({
    application: { name, documents },
    release,
    days,
  }: {
    application: Pick<Application, 'name' | 'documents'>
    release: Release | undefined
    days: readonly DayOfUse[]
  }): Promise<CostBrief> {
    const answer = await answerOf(days, release)
    const read = [documents.resources?.digest, documents.charter?.digest, documents.limits?.digest]
    return keptBriefs.get(JSON.stringify([name, read, days, answer]), () => {
      const made = forecastOf({ days, volumes: volumesOf(documents), answer, priceFactor: 1 })
      return { forecast: { ...made, budgetUsd: budgetOf(documents) }, metered: meteredMonth(days) }
    })
  }

  const producer: Producer = {
    name: PRODUCER,
    checks: [CHECK],
    quote: async () => FREE,
    async run({ release, application, by }) {
      // Without a plan of resources nobody said anything that could be forecast.
      if (!application.documents.resources) return []
      const forecast = await of(application.name, { release })
      return [draftOf(forecast, { release, application, by })]
    },
  }

  return { of, brief, producer }
}

function volumesOf(documents: Application['documents']) {
  const resources = Resources.safeParse(documents.resources?.value)
  return resources.success ? resources.data.volumes : null
}

const isOld = (at: Instant, now: Instant): boolean => age(at, now) >= WEEK_DAYS * DAY

/** Of the charter, else the hard cap of airworthy.yaml. */
function budgetOf(documents: Application['documents']): number | null {
  const charter = Charter.safeParse(documents.charter?.value ?? {})
  const written = charter.success ? charter.data.budget?.usdPerMonth : undefined
  const cap = (documents.limits?.value as { usdPerMonth?: string } | undefined)?.usdPerMonth
  const budget = Number(isFilled(written) ? written : cap)
  return Number.isFinite(budget) && budget > 0 ? budget : null
}

function draftOf(
  forecast: Forecast,
  { release, application, by }: { release: Release; application: Application; by: Evidence['by'] },
): EvidenceDraft {
  const { basis, p50Usd, p90Usd, p90OfBudget, budgetUsd, error, earlier, priceBook } = forecast
  const missed = earlier ?? error
  const isKnown = p50Usd !== null && p90Usd !== null
  return {
    application: release.application,
    release: release.id,
    check: CHECK,
    summary: isKnown
      ? `${money(p50Usd)} in a month, ${money(p90Usd)} in a bad one (P90)${budgetUsd === null ? ', and no budget is set' : ` of ${money(budgetUsd)}`}. ${forecast.says}${missed?.share == null ? '' : ` A forecast like it was off by ${Math.round(missed.share * 100)} % over ${missed.days} days.`}`
      : forecast.says,
    facts: {
      volumesStated: { value: basis === 'metered' || forecast.requestsPerDay !== null },
      priceBookStated: { value: true },
      basis: { value: basis },
      ...(isKnown && { p50Usd: { value: p50Usd, unit: 'USD' }, p90Usd: { value: p90Usd, unit: 'USD' } }),
      ...(p90OfBudget !== null && { p90OfBudget: { value: p90OfBudget } }),
      ...(missed?.share != null && { errorShare: { value: missed.share, n: missed.days } }),
      meteredDays: { value: forecast.days },
    },
    inputs: [
      { kind: 'price-book', ...priceBook },
      { kind: 'release', name: release.application, digest: release.digest },
      ...['resources', 'limits', 'charter'].flatMap((name): Part[] => {
        const document = application.documents[name]
        return document ? [{ kind: 'document', name, digest: document.digest }] : []
      }),
    ],
    producer: { name: PRODUCER, version: '1' },
    trust: 'measured',
    by,
  }
}

const money = (usd: number): string => `$${usd < 10 ? usd.toFixed(2) : Math.round(usd).toLocaleString('en-GB')}`
