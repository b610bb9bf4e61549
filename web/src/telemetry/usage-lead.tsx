/** Where it stands in figures: what was spent, beside the time before, and what the month will come to beside its cap. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { money, number, percent, plus, short } from '../data/format.ts'
import type { UsageCounts } from '../data/shapes.ts'
import { TextLink } from '../ui/button.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { forecastOf } from './forecast.ts'
import { capOf, type UsageFilter, usage } from './usage-queries.ts'
import type { UsageTime } from './usage-time.ts'

export function UsageLead({
  total,
  before,
  time,
  filter,
}: {
  total: UsageCounts
  before: UsageCounts | undefined
  time: UsageTime
  filter: UsageFilter
}) {
  return (
    <dl className="mb-6 grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
      <Figure name="Spent" value={spent(total)}>
        <Change now={Number(total.costMicroUsd)} then={before && Number(before.costMicroUsd)} />
        {total.keptAnswers > 0 &&
          sayWith('usage-lead.saved-by-of-requests', {
            saved: saved(total),
            keptAnswers: say('many.kept-answer', { n: total.keptAnswers }),
            keptShare: percent(total.keptShare ?? 0, 1),
          })}
      </Figure>
      <Figure name="Requests" value={number(total.requests)}>
        <Change now={total.requests} then={before?.requests} />
        {total.errors > 0 && <>, {say('many.error', { n: total.errors })}</>}
      </Figure>
      <Figure name="Tokens in and out" value={`${short(total.inputTokens)} + ${short(total.outputTokens)}`}>
        <Change
          now={total.inputTokens + total.outputTokens}
          then={before && before.inputTokens + before.outputTokens}
        />
      </Figure>
      <MonthFigure time={time} filter={filter} />
    </dl>
  )
}

/** Of the calendar month, whatever time is shown. */
function MonthFigure({ time, filter }: { time: UsageTime; filter: UsageFilter }) {
  const { month } = time
  const days = useQuery(usage('day', { since: month.since, until: time.until }, filter)).data
  const limits = useQuery(capOf(filter.application)).data
  // A cap holds for all models together.
  const cap = filter.model === undefined ? limits?.limits.costMicroUsdPerMonth : null
  if (!days) return <Figure name="This month" value="…" />
  const whole = days.items
    .filter(({ group }) => group.day !== month.today)
    .map(({ costMicroUsd }) => Number(costMicroUsd))
  const used = days.items.map(({ group }) => Number(group.day?.slice(8)))
  const passed = Number(month.today.slice(8)) - Math.min(...used)
  // Days on which nothing was used cost nothing; those before anything was used say nothing.
  const all = [...whole, ...Array.from({ length: Math.max(0, passed - whole.length) }, () => 0)]
  const forecast = forecastOf({ whole: all, spent: Number(days.total.costMicroUsd), left: month.leftDays })
  const isOver = cap != null && forecast !== undefined && forecast.likely > Number(cap)
  return (
    <Figure
      name={`Forecast for ${month.name}`}
      value={
        forecast ? (
          <span className={isOver ? 'text-fail' : ''}>{money(String(forecast.likely))}</span>
        ) : (
          <span className="text-muted">after three days</span>
        )
      }
    >
      {forecast && (
        <>
          {say('usage-lead.to-95-from', {
            low: money(String(forecast.low)),
            high: money(String(forecast.high)),
            days: say('many.day', { n: forecast.days }),
          })}{' '}
        </>
      )}
      {cap == null
        ? say('usage-lead.no-cap', { model: filter.model !== undefined ? say('usage-lead.of-one-model-here') : '' })
        : sayWith('usage-lead.cap-used', {
            link: <TextLink href="/settings/keys">{money(cap)}</TextLink>,
            share: percent(share(days.total, cap), 0),
            costMicroUsd:
              Number(days.total.costMicroUsd) >= Number(cap) ? (
                <span className="text-fail">{say('usage-lead.it-is-reached')}</span>
              ) : (
                isOver && <span className="text-fail">{say('usage-lead.it-will-not-last')}</span>
              ),
          })}
    </Figure>
  )
}

function Figure({ name, value, children }: { name: string; value: ReactNode; children?: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd className="text-title tabular-nums">{value}</dd>
      {children && <dd className="text-muted">{children}</dd>}
    </div>
  )
}

function Change({ now, then }: { now: number; then: number | undefined }) {
  if (then === undefined) return <>…</>
  if (then === 0)
    return <>{now === 0 ? say('usage-lead.none-before-either') : say('usage-lead.none-in-the-time-before')}</>
  return <>{say('usage-lead.on-the-time-before', { now: plus(percent((now - then) / then, 0)) })}</>
}

/** What has no price is no zero. */
export const spent = ({ priced, unpriced, costMicroUsd }: UsageCounts): string =>
  priced === 0 && unpriced > 0 ? say('usage-lead.not-known') : money(costMicroUsd)

/** By kept answers; those without a price are said beside it. */
export const saved = ({ savedMicroUsd, savedUnpriced }: UsageCounts): string =>
  savedMicroUsd === null
    ? say('usage-lead.not-known')
    : `${money(savedMicroUsd)}${savedUnpriced > 0 ? say('usage-lead.not-known-2', { savedUnpriced: number(savedUnpriced) }) : ''}`

const share = ({ costMicroUsd }: UsageCounts, cap: string): number =>
  Number(cap) === 0 ? 1 : Number(costMicroUsd) / Number(cap)
