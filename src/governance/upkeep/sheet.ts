/** What a review has before it: the figures of the day, in sentences. Pure. */
import { type Instant, MINUTE } from '../../kernel/time.ts'
import type { WholePlan } from '../plan/plan-view.ts'
import type { ReviewSheet } from './review.ts'

export type Beside = {
  readonly waivers: readonly { readonly check: string; readonly until: Instant }[]
  readonly keys: readonly { readonly name: string; readonly since: Instant; readonly expiresAt: Instant | null }[]
  readonly overlaps: readonly string[]
  readonly openIncidents: number
}

const OLD_KEY_DAYS = 90
const DAY_MINUTES = 24 * 60

export function sheetOf(
  plan: Pick<WholePlan, 'charter' | 'risks' | 'resources'>,
  beside: Beside,
  now: Instant,
): ReviewSheet {
  const or = (lines: string[], none: string) => (lines.length > 0 ? lines : [none])
  const usd = (amount: number) => `$${amount.toFixed(2)}`
  const { charter, risks, resources } = plan
  const above = risks.risks.filter(({ isAboveAppetite }) => isAboveAppetite)
  const oldKeys = beside.keys.filter(
    ({ since }) => Date.parse(now) - Date.parse(since) > OLD_KEY_DAYS * DAY_MINUTES * MINUTE,
  )
  return {
    at: now,
    figures: {
      kpis: or(
        charter.kpis.map(
          ({ name, baseline, target, actual, state, unit }) =>
            `${name}: ${actual === null ? 'never measured' : `${actual.value}${unit ? ` ${unit}` : ''} on ${actual.measuredAt.slice(0, 10)}`}, from ${baseline ?? '?'} to ${target ?? '?'}; ${state.replaceAll('-', ' ')}.`,
        ),
        'The charter names no KPI.',
      ),
      risks: [
        `${risks.risks.length} risks, ${above.length} above what is accepted.`,
        ...above.map(({ title, residual }) => `${title}: ${residual} of 25 remain.`),
        ...risks.risks.flatMap(({ title, alarm }) => (alarm === null ? [] : [`${title}: ${alarm}.`])),
        `${beside.openIncidents} grave incidents are open or without a fix.`,
      ],
      access: [
        `${beside.keys.length} keys reach it, ${oldKeys.length} of them older than ${OLD_KEY_DAYS} days.`,
        ...oldKeys.map(({ name, since }) => `The key ${name} is from ${since.slice(0, 10)}.`),
        ...beside.overlaps.map((overlap) => `${overlap} are held by one person.`),
      ],
      waivers: or(
        beside.waivers.map(({ check, until }) => `${check} waits until ${until.slice(0, 10)}.`),
        'No waiver is in force.',
      ),
      cost: [
        ...resources.rows.flatMap(({ type, monthly, actualThisMonth }) =>
          actualThisMonth === null
            ? []
            : [
                `${type}: ${usd(actualThisMonth)} this month, ${monthly === null ? 'no plan' : `planned ${usd(monthly.low)} to ${usd(monthly.high)}`}.`,
              ],
        ),
        resources.roi === null
          ? 'The return cannot be told: cost or benefit is not filled in.'
          : `Return from ${Math.round(resources.roi.low * 100)} % to ${Math.round(resources.roi.high * 100)} % over ${resources.months} months, as planned.`,
      ],
    },
  }
}
