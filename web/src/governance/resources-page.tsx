/** The resource plan: what it takes beside what was used, and whether it pays, as a range. */
import { useState } from 'react'
import { useMay } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { useRowEditing } from './edit-rows.tsx'
import { PlanFrame } from './plan-frame.tsx'
import type { Plan } from './queries.ts'
import { ReturnSection, shares, usd } from './return-section.tsx'
import type { FieldPlan, Row } from './row-form.tsx'

type Resources = Plan['resources']

export function ResourcesPage({ name }: { name: string }) {
  const [factor, setFactor] = useState('1')
  return (
    <PlanFrame name={name} title="Resources" paper="resources" priceFactor={Number(factor)}>
      {({ resources }) => <ResourcePlan name={name} resources={resources} factor={factor} onFactor={setFactor} />}
    </PlanFrame>
  )
}

const PERIODS = [
  ['month', 'a month'],
  ['year', 'a year'],
  ['once', 'once'],
] as const

const FIELDS: readonly FieldPlan[] = [
  {
    key: 'type',
    label: 'Resource type',
    kind: 'text',
    required: true,
    hint: 'For example personnel, or cloud computing.',
  },
  {
    key: 'category',
    label: 'Kind',
    kind: 'choice',
    options: [
      ['person', 'people'],
      ['model-api', 'models by use'],
      ['compute', 'computing'],
      ['storage', 'storage'],
      ['data', 'data'],
      ['licence', 'licences'],
      ['training', 'training'],
      ['audit', 'audit'],
      ['other', 'other'],
    ],
  },
  { key: 'quantity', label: 'Quantity', kind: 'text', hint: 'For example 2, or 100 hours/month.' },
  { key: 'cost', label: 'Cost in $', kind: 'number', hint: 'The likeliest.' },
  { key: 'costLow', label: 'At least', kind: 'number' },
  { key: 'costHigh', label: 'At most', kind: 'number' },
  { key: 'period', label: 'Paid', kind: 'choice', options: PERIODS },
  { key: 'source', label: 'Source', kind: 'text', hint: 'For example hiring, or a cloud provider.' },
  { key: 'who', label: 'Who', kind: 'text' },
]
const BENEFIT: readonly FieldPlan[] = [
  { key: 'name', label: 'What it brings', kind: 'text', required: true },
  { key: 'low', label: 'At least, in $', kind: 'number', required: true },
  { key: 'high', label: 'At most, in $', kind: 'number', required: true },
  { key: 'period', label: 'Each', kind: 'choice', options: PERIODS },
  { key: 'kpi', label: 'The KPI that would show it', kind: 'text', hint: 'Its name, as the charter has it.' },
  {
    key: 'usdPerUnit',
    label: 'One unit better is worth, in $',
    kind: 'number',
    hint: 'In one case. With it the benefit is computed from what was measured.',
  },
  { key: 'casesPerMonth', label: 'Cases in a month', kind: 'number', hint: '1 where the KPI is a sum of a month.' },
]

function ResourcePlan({
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
  const mayBuild = useMay()('build')
  const prefilled: Row = { rows: [] }
  const rows = useRowEditing({
    name,
    document: 'resources',
    list: 'rows',
    key: 'id',
    what: 'resource',
    fields: FIELDS,
    fresh: { type: '', category: 'person', period: 'month' },
    prefilled,
  })
  const benefits = useRowEditing({
    name,
    document: 'resources',
    list: 'benefits',
    key: 'name',
    what: 'benefit',
    fields: BENEFIT,
    fresh: { name: '', period: 'month' },
    prefilled,
  })
  const { roi, months, unknown } = resources
  return (
    <>
      <Lead>
        {roi
          ? `As planned, it returns between ${shares(roi)} of what it costs over ${months} months. `
          : 'Whether it pays is not known yet: name a cost and what it brings. '}
        {unknown.length > 0 && `Not counted, because the cost is unknown: ${unknown.join(', ')}.`}
      </Lead>
      <Section
        title="What it takes"
        count={resources.rows.length}
        actions={
          mayBuild && (
            <>
              <Button onClick={() => benefits.open(null)}>Add a benefit</Button>
              <Button tone="primary" onClick={() => rows.open(null)}>
                Add a resource
              </Button>
            </>
          )
        }
      >
        {resources.rows.length === 0 ? (
          <Empty title="Nothing planned yet">
            People, computing, storage and training will be here, with what was used beside it.
          </Empty>
        ) : (
          <div className="overflow-x-auto">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">Resource type</th>
                  <th scope="col">Quantity</th>
                  <th scope="col" className="text-right">
                    Cost
                  </th>
                  <th scope="col">Source</th>
                  <th scope="col" className="text-right">
                    a month
                  </th>
                  <th scope="col" className="text-right">
                    used this month
                  </th>
                </tr>
              </thead>
              <tbody>
                {resources.rows.map((row) => (
                  <tr key={row.id}>
                    <th scope="row" className="text-left font-normal">
                      {mayBuild ? (
                        <button
                          type="button"
                          className="text-left underline decoration-line-strong"
                          onClick={() => rows.open(row.id)}
                        >
                          {row.type}
                        </button>
                      ) : (
                        row.type
                      )}
                    </th>
                    <td>{row.quantity}</td>
                    <td className="text-right">
                      {typeof row.cost === 'number'
                        ? `${usd(row.cost)} ${PERIODS.find(([key]) => key === row.period)?.[1]}`
                        : 'unknown'}
                    </td>
                    <td>{row.source}</td>
                    <td className="text-right">
                      {row.monthly
                        ? row.monthly.low === row.monthly.high
                          ? usd(row.monthly.likely)
                          : `${usd(row.monthly.low)} to ${usd(row.monthly.high)}`
                        : ''}
                    </td>
                    <td className="text-right">
                      {row.actualThisMonth === null ? (
                        <span className="text-muted">not metered</span>
                      ) : (
                        usd(row.actualThisMonth)
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      {resources.benefits.length > 0 && (
        <Section title="What it brings" count={resources.benefits.length}>
          <div className="overflow-x-auto">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">benefit</th>
                  <th scope="col" className="text-right">
                    a month
                  </th>
                  <th scope="col">how it is known</th>
                </tr>
              </thead>
              <tbody>
                {resources.benefits.map((one) => (
                  <tr key={one.name} className="align-top">
                    <th scope="row" className="text-left font-normal whitespace-normal">
                      {mayBuild ? (
                        <button
                          type="button"
                          className="text-left underline decoration-line-strong"
                          onClick={() => benefits.open(one.name)}
                        >
                          {one.name}
                        </button>
                      ) : (
                        one.name
                      )}
                    </th>
                    <td className="text-right">
                      {one.monthly.low === one.monthly.high
                        ? usd(one.monthly.likely)
                        : `${usd(one.monthly.low)} to ${usd(one.monthly.high)}`}
                    </td>
                    <td className="min-w-64 whitespace-normal">
                      <Tag tone={one.basis === 'measured' ? 'text-pass' : 'text-muted'}>{one.basis}</Tag>
                      <div className="text-muted">{one.says}</div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Section>
      )}
      <ReturnSection name={name} resources={resources} factor={factor} onFactor={onFactor} />
      {rows.dialog}
      {benefits.dialog}
    </>
  )
}
