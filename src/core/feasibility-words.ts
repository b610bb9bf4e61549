/** A forecast in plain sentences. */
import type { Feasibility } from './feasibility.ts'

export function forecastWords(
  { unitsPerDay, trafficSource, isFeasible, days, steps, metrics, plan }: Omit<Feasibility, 'words' | 'alternatives'>,
  limitDays: number,
): string[] {
  const traffic = `${count(unitsPerDay)} users a day (${TRAFFIC[trafficSource]})`
  if (steps.length === 0)
    return [
      `Everybody gets the candidate at once, so nothing is compared. ${plan.metrics.some(({ ceiling }) => ceiling !== undefined) ? 'Its ceilings are watched.' : 'No metric has a ceiling, so nothing would roll it back by itself.'}`,
    ]
  const first = isFeasible
    ? `At ${traffic} a candidate that is as good is through in about ${inDays(days ?? 0)}.`
    : unitsPerDay === 0
      ? 'No traffic is known, so no plan can decide anything. Say how many users a day are expected.'
      : `At ${traffic} this plan cannot decide: ${steps.find((step) => step.days === null || step.days > limitDays)?.why ?? ''}`
  return [
    first,
    ...metrics.map(({ metric, detectable: least, gross: soon, baseline, baselineSource }) => {
      const kind = plan.metrics.find(({ name }) => name === metric)
      const say = (value: number) =>
        kind?.kind === 'event'
          ? `${percent(value).replace(' %', '')} points`
          : kind?.scale === 'log'
            ? percent(value)
            : amount(metric, value)
      const from = kind?.kind === 'event' ? percent(baseline) : amount(metric, baseline)
      const finds =
        least === null
          ? 'no harm is sure to be found in that time'
          : `a harm of ${say(least)} or more is found in four of five cases`
      const early = soon
        ? ` ${soon.worseBy > 0 ? `If it is worse by ${say(soon.worseBy)}, about ${count(soon.units)} users show it.` : ''}`
        : ''
      return `${metric}: ${from} now (${baselineSource}); ${finds}.${early}`
    }),
  ]
}

/** With its unit, which stands at the end of the metric's name. */
function amount(metric: string, value: number): string {
  if (metric.endsWith('-micro-usd')) return `$${(value / 1e6).toPrecision(2)}`
  return `${Math.round(value * 100) / 100}${metric.endsWith('-ms') ? ' ms' : ''}`
}

const TRAFFIC = { measured: 'measured', stated: 'as stated', unknown: 'unknown' } as const
export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`
export const count = (value: number): string => Math.round(value).toLocaleString('en')
export const inDays = (days: number): string =>
  days >= 2
    ? `${Math.round(days)} days`
    : days * 24 >= 2
      ? `${Math.round(days * 24)} hours`
      : `${Math.max(1, Math.round(days * 24 * 60))} minutes`
