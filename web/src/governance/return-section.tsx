/** Whether it pays, over all months: as planned, and beside it with what the models of the application really took. */
import { usd } from '../data/format.ts'
import { TextLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
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
    <Section title={say('return.over-months', { months })}>
      <PlannedAndMetered resources={resources} />
      <Facts
        items={[
          [
            say('return.benefit'),
            benefit.high === 0
              ? say('return.none-named-yet')
              : say('return.to', { low: usd(benefit.low), high: usd(benefit.high) }),
          ],
          [
            say('return.pays-back'),
            paysBackInMonths === null
              ? say('return.not-as-planned')
              : say('return.about-month-as-planned', { paysBackInMonths }),
          ],
        ]}
      />
      {metered && (
        <p className="prose-width mt-2 text-muted">
          {metered.says}{' '}
          <TextLink href={`/applications/${name}/cost`}>{say('return.how-wrong-a-forecast-like-it')}</TextLink>
        </p>
      )}
      <div className="mt-4 max-w-72">
        <Choice
          label={say('return.what-if-the-price-of-models')}
          value={factor}
          onChange={onFactor}
          options={[
            ['0.5', say('return.half-the-price')],
            ['1', say('return.the-price-as-it-is')],
            ['1.5', say('return.half-as-much-again')],
            ['2', say('return.twice-the-price')],
            ['5', say('return.five-times-the-price')],
          ]}
        />
      </div>
    </Section>
  )
}

export const shares = ({ low, high }: { low: number; high: number }): string =>
  say('return.and', { low: Math.round(low * 100), high: Math.round(high * 100) })
const returns = ({ low, high }: { low: number; high: number }): string =>
  say('return.share-to', { low: Math.round(low * 100), high: Math.round(high * 100) })
const fromTo = ({ low, likely, high }: Range): string =>
  low === high ? usd(likely) : say('return.to-likely', { low: usd(low), high: usd(high), likely: usd(likely) })

/** The same months twice: with what the plan says of models, and with what they took. */
function PlannedAndMetered({ resources: { cost, roi, metered, rows } }: { resources: Resources }) {
  const UNKNOWN = <span className="text-muted">{say('return.not-known')}</span>
  return (
    <div className="mb-4 max-w-3xl overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{say('return.what')}</span>
            </th>
            <th scope="col" className="text-right">
              {say('return.as-planned')}
            </th>
            <th scope="col" className="text-right">
              {say('return.as-metered')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className="text-left font-normal">
              {say('return.models-a-month')}
            </th>
            <td className="text-right">
              {rows.some(({ category }) => category === 'model-api') && metered
                ? fromTo(metered.planned)
                : say('return.not-planned')}
            </td>
            <td className="text-right">{metered?.monthly ? fromTo(metered.monthly) : UNKNOWN}</td>
          </tr>
          <tr>
            <th scope="row" className="text-left font-normal">
              {say('return.cost')}
            </th>
            <td className="text-right">{cost.high === 0 ? say('return.none-named-yet') : fromTo(cost)}</td>
            <td className="text-right">{metered?.cost ? fromTo(metered.cost) : UNKNOWN}</td>
          </tr>
          <tr>
            <th scope="row" className="text-left font-normal">
              {say('return.return-of-the-cost')}
            </th>
            <td className="text-right">{roi ? returns(roi) : UNKNOWN}</td>
            <td className="text-right">{metered?.roi ? returns(metered.roi) : UNKNOWN}</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}
