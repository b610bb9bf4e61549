/** The charter: why, for whom, by which KPIs, and where each of them stands. */
import { useQuery } from '@tanstack/react-query'
import { useMay } from '../data/queries.ts'
import { Digest, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Facts, Lead, Section } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { useRowEditing } from './edit-rows.tsx'
import { PlanFrame } from './plan-frame.tsx'
import { kpiPresets, type Plan } from './queries.ts'
import type { FieldPlan } from './row-form.tsx'
import { REQUIREMENTS, STAKEHOLDER, Stakeholders } from './stakeholders.tsx'

export const CharterPage = ({ name }: { name: string }) => (
  <PlanFrame name={name} title="Charter" paper="charter">
    {(found) => <Charter name={name} found={found} />}
  </PlanFrame>
)

type Kpi = Plan['charter']['kpis'][number]

const STATES: Readonly<Record<Kpi['state'], readonly [string, string]>> = {
  'not-measured': ['not measured', 'text-muted'],
  old: ['old', 'text-stale'],
  'on-its-way': ['on its way', 'text-inconclusive'],
  reached: ['reached', 'text-pass'],
  alert: ['alert', 'text-fail'],
  stop: ['stop', 'text-fail'],
}

function Charter({ name, found: { charter: view, digests, signed } }: { name: string; found: Plan }) {
  const mayBuild = useMay()('build')
  const presets = useQuery(kpiPresets).data?.presets ?? []
  const editing = useRowEditing({
    name,
    document: 'charter',
    list: 'kpis',
    key: 'name',
    what: 'KPI',
    fields: kpiFields(presets),
    fresh: { name: '' },
    prefilled: {},
  })
  const { charter, kpis, requirements } = view
  const stakeholders = useRowEditing({
    name,
    document: 'charter',
    list: 'stakeholders',
    key: 'name',
    what: 'stakeholder',
    fields: STAKEHOLDER,
    fresh: { name: '' },
    prefilled: {},
    ...REQUIREMENTS,
  })
  const lines = (value: unknown) =>
    (Array.isArray(value) ? value.join('; ') : String(value ?? '')) || <span className="text-muted">not said yet</span>
  return (
    <>
      <Lead>
        {view.filled} of {view.of} parts are filled in, and {kpis.filter(({ isSmart }) => isSmart).length} of{' '}
        {kpis.length} KPIs are SMART.
      </Lead>
      <Section
        title="KPIs"
        count={kpis.length}
        actions={
          mayBuild && (
            <Button tone="primary" onClick={() => editing.open(null)}>
              Add a KPI
            </Button>
          )
        }
      >
        {kpis.length === 0 ? (
          <Empty title="No KPI yet">A number of the business, as it is today and as it should be, will be here.</Empty>
        ) : (
          <div className="overflow-x-auto">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">KPI</th>
                  <th scope="col" className="text-right">
                    today
                  </th>
                  <th scope="col" className="text-right">
                    target
                  </th>
                  <th scope="col" className="text-right">
                    measured
                  </th>
                  <th scope="col">state</th>
                  <th scope="col">to be SMART</th>
                </tr>
              </thead>
              <tbody>
                {kpis.map((kpi) => (
                  <tr key={kpi.name} className="align-top">
                    <th scope="row" className="text-left font-normal whitespace-normal">
                      {mayBuild ? (
                        <button
                          type="button"
                          className="text-left underline decoration-line-strong"
                          onClick={() => editing.open(kpi.name)}
                        >
                          {kpi.name}
                        </button>
                      ) : (
                        kpi.name
                      )}
                      <div className="text-muted">{kpi.formula}</div>
                    </th>
                    <td className="text-right">{kpi.baseline ?? '?'}</td>
                    <td className="text-right">
                      {kpi.target ?? '?'}
                      {kpi.targetDate && <div className="text-muted">by {kpi.targetDate}</div>}
                    </td>
                    <td className="text-right">
                      {kpi.actual ? (
                        <>
                          {kpi.actual.value}
                          <div className="text-muted">
                            {kpi.actual.n !== null && `n ${kpi.actual.n}, `}
                            {kpi.actual.measuredAt.slice(0, 10)}
                          </div>
                        </>
                      ) : (
                        ''
                      )}
                    </td>
                    <td>
                      <Tag tone={STATES[kpi.state][1]}>{STATES[kpi.state][0]}</Tag>
                    </td>
                    <td className="whitespace-normal text-muted">
                      {kpi.isSmart ? 'it is' : kpi.smart.flatMap(({ holds, says }) => (holds ? [] : [says])).join(' ')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      <Section
        title="Why and for whom"
        actions={<TextLink href={`/applications/${name}/blueprint`}>Edit charter.yaml</TextLink>}
      >
        <Facts
          items={[
            ['problem', lines(charter.problem)],
            ['users', lines(charter.users)],
            ['also affected', lines(charter.affected)],
            ['intended use', lines(charter.intendedUse)],
            ['not a goal', lines(charter.nonGoals)],
            ['without AI', lines(charter.alternativeWithoutAi)],
            ['stop when', lines(charter.stopCriteria)],
            ['owner', lines(charter.owner)],
            ['sponsor', lines(charter.sponsor)],
          ]}
        />
      </Section>
      <Stakeholders charter={charter} requirements={requirements} open={mayBuild ? stakeholders.open : undefined} />
      <Section title="Version">
        {digests.charter ? (
          <p>
            <Digest value={digests.charter} />{' '}
            <span className="text-muted">
              {signed.charter.length > 0 ? `signed by ${signed.charter.join('; ')}` : 'not signed yet'}
            </span>
          </p>
        ) : (
          <p className="text-muted">Not kept yet.</p>
        )}
      </Section>
      {editing.dialog}
      {stakeholders.dialog}
    </>
  )
}

const kpiFields = (presets: readonly { id: string; name: string; formula: string }[]): FieldPlan[] => [
  { key: 'name', label: 'KPI', kind: 'text', required: true },
  {
    key: 'preset',
    label: 'Made from',
    kind: 'choice',
    options: presets.map(({ id, name, formula }) => [id, `${name}: ${formula}`]),
  },
  {
    key: 'family',
    label: 'What it serves',
    kind: 'choice',
    options: [
      ['efficiency', 'work faster'],
      ['experience', 'serve customers better'],
      ['advantage', 'gain an edge'],
      ['cost', 'spend less'],
    ],
  },
  { key: 'unit', label: 'Unit', kind: 'text', hint: 'For example minutes, or share.' },
  { key: 'baseline', label: 'Today', kind: 'text', hint: 'As measured, without the application.' },
  { key: 'target', label: 'Target', kind: 'text' },
  { key: 'targetDate', label: 'By', kind: 'date' },
  { key: 'source', label: 'Where the number comes from', kind: 'text' },
  { key: 'owner', label: 'Who answers for it', kind: 'text' },
  { key: 'because', label: 'Why it can be reached', kind: 'long' },
  { key: 'alertAt', label: 'Tell somebody at', kind: 'text' },
  { key: 'killAt', label: 'Stop at', kind: 'text' },
]
