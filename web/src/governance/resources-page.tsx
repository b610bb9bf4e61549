/** The resource plan: what it takes beside what was used, and whether it pays, as a range. */

import { useState } from 'react'
import { usd } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { useRowEditing } from './edit-rows.tsx'
import { PlanFrame } from './plan-frame.tsx'
import type { Plan } from './queries.ts'
import { ReturnSection, shares } from './return-section.tsx'
import type { FieldPlan, Row } from './row-form.tsx'

type Resources = Plan['resources']

export function ResourcesPage({ name }: { name: string }) {
  const [factor, setFactor] = useState('1')
  return (
    <PlanFrame name={name} title={say('resources.resources')} paper="resources" priceFactor={Number(factor)}>
      {({ resources }) => <ResourcePlan name={name} resources={resources} factor={factor} onFactor={setFactor} />}
    </PlanFrame>
  )
}

const PERIODS = [
  ['month', say('resources.a-month')],
  ['year', say('resources.a-year')],
  ['once', say('resources.once')],
] as const

const FIELDS: readonly FieldPlan[] = [
  {
    key: 'type',
    label: say('resources.resource-type'),
    kind: 'text',
    required: true,
    hint: say('resources.for-example-personnel-or-cloud-computing'),
  },
  {
    key: 'category',
    label: say('resources.kind'),
    kind: 'choice',
    options: [
      ['person', say('resources.people')],
      ['model-api', say('resources.models-by-use')],
      ['compute', say('resources.computing')],
      ['storage', say('resources.storage')],
      ['data', say('resources.data')],
      ['licence', say('resources.licences')],
      ['training', say('resources.training')],
      ['audit', say('resources.audit')],
      ['other', say('resources.other')],
    ],
  },
  {
    key: 'quantity',
    label: say('resources.quantity'),
    kind: 'text',
    hint: say('resources.for-example-2-or-100-hours'),
  },
  { key: 'cost', label: say('resources.cost-in'), kind: 'number', hint: say('resources.the-likeliest') },
  { key: 'costLow', label: say('resources.at-least'), kind: 'number' },
  { key: 'costHigh', label: say('resources.at-most'), kind: 'number' },
  { key: 'period', label: say('resources.paid'), kind: 'choice', options: PERIODS },
  { key: 'source', label: say('resources.source'), kind: 'text', hint: say('resources.for-example-hiring-or-a-cloud') },
  { key: 'who', label: say('resources.who'), kind: 'text' },
]
const BENEFIT: readonly FieldPlan[] = [
  { key: 'name', label: say('resources.what-it-brings'), kind: 'text', required: true },
  { key: 'low', label: say('resources.at-least-in'), kind: 'number', required: true },
  { key: 'high', label: say('resources.at-most-in'), kind: 'number', required: true },
  { key: 'period', label: say('resources.each'), kind: 'choice', options: PERIODS },
  {
    key: 'kpi',
    label: say('resources.the-kpi-that-would-show-it'),
    kind: 'text',
    hint: say('resources.its-name-as-the-charter-has'),
  },
  {
    key: 'usdPerUnit',
    label: say('resources.one-unit-better-is-worth-in'),
    kind: 'number',
    hint: say('resources.in-one-case-with-it-the'),
  },
  {
    key: 'casesPerMonth',
    label: say('resources.cases-in-a-month'),
    kind: 'number',
    hint: say('resources.1-where-the-kpi-is-a'),
  },
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
    what: say('resources.resource'),
    fields: FIELDS,
    fresh: { type: '', category: 'person', period: 'month' },
    prefilled,
  })
  const benefits = useRowEditing({
    name,
    document: 'resources',
    list: 'benefits',
    key: 'name',
    what: say('resources.benefit'),
    fields: BENEFIT,
    fresh: { name: '', period: 'month' },
    prefilled,
  })
  const { roi, months, unknown } = resources
  return (
    <>
      <Lead>
        {roi
          ? say('resources.as-planned-it-returns-between-of', { roi: shares(roi), months })
          : say('resources.whether-it-pays-is-not-known')}
        {unknown.length > 0 && say('resources.not-counted-because-the-cost-is', { unknown: unknown.join(', ') })}
      </Lead>
      <Section
        title={say('resources.what-it-takes')}
        count={resources.rows.length}
        actions={
          mayBuild && (
            <>
              <Button onClick={() => benefits.open(null)}>{say('resources.add-a-benefit')}</Button>
              <Button tone="primary" onClick={() => rows.open(null)}>
                {say('resources.add-a-resource')}
              </Button>
            </>
          )
        }
      >
        {resources.rows.length === 0 ? (
          <Empty title={say('resources.nothing-planned-yet')}>
            {say('resources.people-computing-storage-and-training-will')}
          </Empty>
        ) : (
          <div className="overflow-x-auto">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{say('resources.resource-type')}</th>
                  <th scope="col">{say('resources.quantity')}</th>
                  <th scope="col" className="text-right">
                    {say('resources.cost')}
                  </th>
                  <th scope="col">{say('resources.source')}</th>
                  <th scope="col" className="text-right">
                    {say('resources.a-month')}
                  </th>
                  <th scope="col" className="text-right">
                    {say('resources.used-this-month')}
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
                        : say('resources.unknown')}
                    </td>
                    <td>{row.source}</td>
                    <td className="text-right">
                      {row.monthly
                        ? row.monthly.low === row.monthly.high
                          ? usd(row.monthly.likely)
                          : say('resources.to', { low: usd(row.monthly.low), high: usd(row.monthly.high) })
                        : ''}
                    </td>
                    <td className="text-right">
                      {row.actualThisMonth === null ? (
                        <span className="text-muted">{say('resources.not-metered')}</span>
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
        <Section title={say('resources.what-it-brings')} count={resources.benefits.length}>
          <div className="overflow-x-auto">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{say('resources.benefit')}</th>
                  <th scope="col" className="text-right">
                    {say('resources.a-month')}
                  </th>
                  <th scope="col">{say('resources.how-it-is-known')}</th>
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
                        : say('resources.to', { low: usd(one.monthly.low), high: usd(one.monthly.high) })}
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
