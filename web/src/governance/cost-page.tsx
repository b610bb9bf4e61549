/** What the next 30 days will cost, how wrong a forecast like it was, and what would cost less. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { percent, usd } from '../data/format.ts'
import { Command } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Facts, Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PlanPage } from './plan-frame.tsx'
import { type CostForecast, costForecast } from './queries.ts'

const PRICES = [
  ['1', say('cost.as-they-are')],
  ['0.5', say('cost.half')],
  ['1.5', say('cost.half-as-much-again')],
  ['2', say('cost.twice')],
] as const

export function CostPage({ name }: { name: string }) {
  const [factor, setFactor] = useState('1')
  const [requests, setRequests] = useState('')
  const perDay = Number(requests)
  const asked = requests.trim() !== '' && Number.isFinite(perDay) && perDay >= 0
  const query = useQuery(costForecast(name, { priceFactor: Number(factor), ...(asked && { requestsPerDay: perDay }) }))
  return (
    <PlanPage name={name} title={say('cost.cost')}>
      <div className="mb-6 flex flex-wrap gap-4">
        <Choice label={say('cost.prices')} value={factor} onChange={setFactor} options={PRICES} />
        <TextField
          label={say('cost.requests-a-day')}
          type="number"
          min={0}
          value={requests}
          onChange={setRequests}
          hint={say('cost.left-empty-as-metered-or-as')}
        />
      </div>
      <Loaded query={query} rows={8}>
        {(forecast) => <Forecast name={name} forecast={forecast} />}
      </Loaded>
    </PlanPage>
  )
}

function Forecast({ name, forecast }: { name: string; forecast: CostForecast }) {
  const { basis, says, p50Usd, p90Usd, answerUsd, answerFrom, days, budgetUsd, p90OfBudget, error, earlier, savings } =
    forecast
  return (
    <>
      <Lead>{says}</Lead>
      <Section title={say('cost.the-next-30-days')}>
        <Facts
          items={[
            [say('cost.as-likely-above-as-below'), usd(p50Usd)],
            [say('cost.nine-times-of-ten-below'), usd(p90Usd)],
            [say('cost.budget-of-a-month'), budgetUsd === null ? say('cost.none-is-set') : usd(budgetUsd)],
            [say('cost.bad-case-of-the-budget'), p90OfBudget === null ? say('cost.not-known') : percent(p90OfBudget)],
            [say('cost.one-answer'), answerUsd === null ? say('cost.not-known') : `${usd(answerUsd)}, ${answerFrom}`],
            [
              say('cost.rests-on'),
              {
                metered: `${say('many.metered-day', { n: days })}`,
                stated: say('cost.stated-volumes'),
                none: say('cost.nothing-yet'),
              }[basis],
            ],
          ]}
        />
      </Section>
      <Section title={say('cost.how-wrong-it-may-be')} note={say('cost.a-forecast-of-days-that-have')}>
        <Facts
          items={[
            [say('cost.the-last-days'), missed(error)],
            [say('cost.a-recorded-forecast'), missed(earlier)],
          ]}
        />
      </Section>
      <Section title={say('cost.what-would-cost-less')} count={savings.length}>
        {savings.length === 0 ? (
          <p className="text-muted">{say('cost.nothing-that-is-known-here')}</p>
        ) : (
          <ul>
            {savings.map(({ part, from, to, monthlyUsd, quality, isProven, prove }) => (
              <li key={`${part} ${to}`} className="border-t border-line py-3 first:border-0 first:pt-0">
                <p>
                  <span className="font-medium">{part}</span>
                  {say('cost.in-place-of-saves-about-a', { to, from, monthlyUsd: usd(monthlyUsd) })}
                </p>
                {quality.map(({ suite, says, measured }) => (
                  <p key={suite}>
                    {says}
                    {measured && (
                      <>
                        {' '}
                        <TextLink href={`/experiments/${measured.experiment}`}>{say('cost.its-experiment')}</TextLink>
                      </>
                    )}
                  </p>
                ))}
                <p className="text-muted">
                  {isProven ? say('cost.shown-to-be-no-worse') : say('cost.nothing-is-changed-before-it-is')}
                </p>
                <Command text={prove} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <div className="mt-6">
        <Command text={`airworthy forecast ${name}`} />
      </div>
    </>
  )
}

function missed(error: CostForecast['error']): string {
  if (!error) return say('cost.there-are-too-few-metered-days')
  const { days, forecastUsd, actualUsd, share, isWithinP90 } = error
  const off = share === null ? '' : say('cost.off-by', { share: percent(share) })
  return say('cost.forecast-metered-over-the-bad-case', {
    forecastUsd: usd(forecastUsd),
    actualUsd: usd(actualUsd),
    days: say('many.day', { n: days }),
    off,
    isWithinP90Said: isWithinP90 ? say('cost.within') : say('cost.above'),
  })
}
