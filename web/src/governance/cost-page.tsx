/** What the next 30 days will cost, how wrong a forecast like it was, and what would cost less. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { many, percent } from '../data/format.ts'
import { Command } from '../ui/bits.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Facts, Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { PlanPage } from './plan-frame.tsx'
import { type CostForecast, costForecast } from './queries.ts'

const PRICES = [
  ['1', 'as they are'],
  ['0.5', 'half'],
  ['1.5', 'half as much again'],
  ['2', 'twice'],
] as const

export function CostPage({ name }: { name: string }) {
  const [factor, setFactor] = useState('1')
  const [requests, setRequests] = useState('')
  const perDay = Number(requests)
  const asked = requests.trim() !== '' && Number.isFinite(perDay) && perDay >= 0
  const query = useQuery(costForecast(name, { priceFactor: Number(factor), ...(asked && { requestsPerDay: perDay }) }))
  return (
    <PlanPage name={name} title="Cost">
      <div className="mb-6 flex flex-wrap gap-4">
        <Choice label="Prices" value={factor} onChange={setFactor} options={PRICES} />
        <TextField
          label="Requests a day"
          type="number"
          min={0}
          value={requests}
          onChange={setRequests}
          hint="Left empty: as metered, or as resources.yaml says."
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
      <Section title="The next 30 days">
        <Facts
          items={[
            ['as likely above as below', usd(p50Usd)],
            ['nine times of ten below', usd(p90Usd)],
            ['budget of a month', budgetUsd === null ? 'none is set' : usd(budgetUsd)],
            ['bad case, of the budget', p90OfBudget === null ? 'not known' : percent(p90OfBudget)],
            ['one answer', answerUsd === null ? 'not known' : `${usd(answerUsd)}, ${answerFrom}`],
            [
              'rests on',
              { metered: `${many(days, 'metered day')}`, stated: 'stated volumes', none: 'nothing yet' }[basis],
            ],
          ]}
        />
      </Section>
      <Section title="How wrong it may be" note="a forecast of days that have passed, from the days before them">
        <Facts
          items={[
            ['the last days', missed(error)],
            ['a recorded forecast', missed(earlier)],
          ]}
        />
      </Section>
      <Section title="What would cost less" count={savings.length}>
        {savings.length === 0 ? (
          <p className="text-muted">Nothing that is known here.</p>
        ) : (
          <ul>
            {savings.map(({ part, from, to, monthlyUsd, prove }) => (
              <li key={`${part} ${to}`} className="border-t border-line py-3 first:border-0 first:pt-0">
                <p>
                  <span className="font-medium">{part}</span>: {to} in place of {from} saves about {usd(monthlyUsd)} a
                  month.
                </p>
                <p className="text-muted">Nothing is changed before it is shown to be no worse:</p>
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
  if (!error) return 'There are too few metered days to say.'
  const { days, forecastUsd, actualUsd, share, isWithinP90 } = error
  const off = share === null ? '' : `, off by ${percent(share)}`
  return `${usd(forecastUsd)} forecast, ${usd(actualUsd)} metered over ${many(days, 'day')}${off}; ${isWithinP90 ? 'within' : 'above'} the bad case`
}

const usd = (value: number | null): string =>
  value === null
    ? 'not known'
    : `$${value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 1 ? 4 : 2, minimumFractionDigits: Math.abs(value) < 1 ? 0 : 2 })}`
