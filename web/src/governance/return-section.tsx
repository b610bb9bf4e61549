/** Whether it pays, over all months: as planned, and beside it with what the models of the application really took. */
import { TextLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Facts, Section } from '../ui/page.tsx'
import type { Plan } from './queries.ts'

type Resources = Plan['resources']
type Range = Resources['cost']

export function ReturnSection({
  name,
  resources,
  factor,
  onFactor,
}: {
  name: string
  resources: Resources
  factor: string
  onFactor: (factor: string) => void
}) {
  const { benefit, months, paysBackInMonths, metered } = resources
  return (
    <Section title={`Over ${months} months`}>
      <PlannedAndMetered resources={resources} />
      <Facts
        items={[
          ['benefit', benefit.high === 0 ? 'none named yet' : `${usd(benefit.low)} to ${usd(benefit.high)}`],
          ['pays back', paysBackInMonths === null ? 'not as planned' : `about month ${paysBackInMonths}, as planned`],
        ]}
      />
      {metered && (
        <p className="prose-width mt-2 text-muted">
          {metered.says} <TextLink href={`/applications/${name}/cost`}>How wrong a forecast like it was</TextLink>
        </p>
      )}
      <div className="mt-4 max-w-72">
        <Choice
          label="What if the price of models changed?"
          value={factor}
          onChange={onFactor}
          options={[
            ['0.5', 'half the price'],
            ['1', 'the price as it is'],
            ['1.5', 'half as much again'],
            ['2', 'twice the price'],
            ['5', 'five times the price'],
          ]}
        />
      </div>
    </Section>
  )
}

export const usd = (amount: number): string =>
  new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: amount < 10 ? 2 : 0,
  }).format(amount)

export const shares = ({ low, high }: { low: number; high: number }): string =>
  `${Math.round(low * 100)} % and ${Math.round(high * 100)} %`
const fromTo = ({ low, likely, high }: Range): string =>
  low === high ? usd(likely) : `${usd(low)} to ${usd(high)}, likely ${usd(likely)}`

/** The same months twice: with what the plan says of models, and with what they took. */
function PlannedAndMetered({ resources: { cost, roi, metered, rows } }: { resources: Resources }) {
  const UNKNOWN = <span className="text-muted">not known</span>
  return (
    <div className="mb-4 overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col" className="text-right">
              as planned
            </th>
            <th scope="col" className="text-right">
              as metered
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className="text-left font-normal">
              models, a month
            </th>
            <td className="text-right">
              {rows.some(({ category }) => category === 'model-api') && metered
                ? fromTo(metered.planned)
                : 'not planned'}
            </td>
            <td className="text-right">{metered?.monthly ? fromTo(metered.monthly) : UNKNOWN}</td>
          </tr>
          <tr>
            <th scope="row" className="text-left font-normal">
              cost
            </th>
            <td className="text-right">{cost.high === 0 ? 'none named yet' : fromTo(cost)}</td>
            <td className="text-right">{metered?.cost ? fromTo(metered.cost) : UNKNOWN}</td>
          </tr>
          <tr>
            <th scope="row" className="text-left font-normal">
              return, of the cost
            </th>
            <td className="text-right">{roi ? shares(roi) : UNKNOWN}</td>
            <td className="text-right">{metered?.roi ? shares(metered.roi) : UNKNOWN}</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}
