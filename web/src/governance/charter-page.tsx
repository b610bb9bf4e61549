/** The charter: why, for whom, by which KPIs, and where each of them stands. */
import { useQuery } from '@tanstack/react-query'
import { useMay } from '../data/queries.ts'
import { Digest, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Facts, Lead, Section } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { useRowEditing } from './edit-rows.tsx'
import { PlanFrame } from './plan-frame.tsx'
import { kpiPresets, type Plan } from './queries.ts'
import type { FieldPlan } from './row-form.tsx'
import { REQUIREMENTS, STAKEHOLDER, Stakeholders } from './stakeholders.tsx'

export const CharterPage = ({ name }: { name: string }) => (
  <PlanFrame name={name} title={say('charter.charter')} paper="charter">
    {(found) => <Charter name={name} found={found} />}
  </PlanFrame>
)

type Kpi = Plan['charter']['kpis'][number]

const STATES: Readonly<Record<Kpi['state'], readonly [string, string]>> = {
  'not-measured': [say('charter.not-measured'), 'text-muted'],
  old: [say('charter.old'), 'text-stale'],
  'on-its-way': [say('charter.on-its-way'), 'text-inconclusive'],
  reached: [say('charter.reached'), 'text-pass'],
  alert: [say('charter.alert'), 'text-fail'],
  stop: [say('charter.stop'), 'text-fail'],
}

function Charter({ name, found: { charter: view, digests, signed } }: { name: string; found: Plan }) {
  const mayBuild = useMay()('build')
  const presets = useQuery(kpiPresets).data?.presets ?? []
  const editing = useRowEditing({
    name,
    document: 'charter',
    list: 'kpis',
    key: 'name',
    what: say('charter.kpi'),
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
    what: say('charter.stakeholder'),
    fields: STAKEHOLDER,
    fresh: { name: '' },
    prefilled: {},
    ...REQUIREMENTS,
  })
  const lines = (value: unknown) =>
    (Array.isArray(value) ? value.join('; ') : String(value ?? '')) || (
      <span className="text-muted">{say('charter.not-said-yet')}</span>
    )
  return (
    <>
      <Lead>
        {say('charter.of-parts-are-filled-in-and', {
          filled: view.filled,
          of: view.of,
          kpis: kpis.filter(({ isSmart }) => isSmart).length,
          kpis2: kpis.length,
        })}
      </Lead>
      <Section
        title={say('charter.kpis')}
        count={kpis.length}
        actions={
          mayBuild && (
            <Button tone="primary" onClick={() => editing.open(null)}>
              {say('charter.add-a-kpi')}
            </Button>
          )
        }
      >
        {kpis.length === 0 ? (
          <Empty title={say('charter.no-kpi-yet')}>{say('charter.a-number-of-the-business-as')}</Empty>
        ) : (
          <div className="overflow-x-auto">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{say('charter.kpi')}</th>
                  <th scope="col" className="text-right">
                    {say('charter.today')}
                  </th>
                  <th scope="col" className="text-right">
                    {say('charter.target')}
                  </th>
                  <th scope="col" className="text-right">
                    {say('charter.measured')}
                  </th>
                  <th scope="col">{say('charter.state')}</th>
                  <th scope="col">{say('charter.to-be-smart')}</th>
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
                      {kpi.targetDate && (
                        <div className="text-muted">{say('charter.by', { targetDate: kpi.targetDate })}</div>
                      )}
                    </td>
                    <td className="text-right">
                      {kpi.actual ? (
                        <>
                          {kpi.actual.value}
                          <div className="text-muted">
                            {kpi.actual.n !== null && say('charter.n', { n: kpi.actual.n })}
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
                      {kpi.isSmart
                        ? say('charter.it-is')
                        : kpi.smart.flatMap(({ holds, says }) => (holds ? [] : [says])).join(' ')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      <Section
        title={say('charter.why-and-for-whom')}
        actions={<TextLink href={`/applications/${name}/blueprint`}>{say('charter.edit-charter-yaml')}</TextLink>}
      >
        <Facts
          items={[
            [say('charter.problem'), lines(charter.problem)],
            [say('charter.users'), lines(charter.users)],
            [say('charter.also-affected'), lines(charter.affected)],
            [say('charter.intended-use'), lines(charter.intendedUse)],
            [say('charter.not-a-goal'), lines(charter.nonGoals)],
            [say('charter.without-ai'), lines(charter.alternativeWithoutAi)],
            [say('charter.stop-when'), lines(charter.stopCriteria)],
            [say('charter.owner'), lines(charter.owner)],
            [say('charter.sponsor'), lines(charter.sponsor)],
          ]}
        />
      </Section>
      <Stakeholders charter={charter} requirements={requirements} open={mayBuild ? stakeholders.open : undefined} />
      <Section title={say('charter.version')}>
        {digests.charter ? (
          <p>
            <Digest value={digests.charter} />{' '}
            <span className="text-muted">
              {signed.charter.length > 0
                ? say('charter.signed-by', { charter: signed.charter.join('; ') })
                : say('charter.not-signed-yet')}
            </span>
          </p>
        ) : (
          <p className="text-muted">{say('charter.not-kept-yet')}</p>
        )}
      </Section>
      {editing.dialog}
      {stakeholders.dialog}
    </>
  )
}

const kpiFields = (presets: readonly { id: string; title: string; formula: string }[]): FieldPlan[] => [
  { key: 'name', label: say('charter.kpi'), kind: 'text', required: true },
  {
    key: 'preset',
    label: say('charter.made-from'),
    kind: 'choice',
    options: presets.map(({ id, title, formula }) => [id, `${title}: ${formula}`]),
  },
  {
    key: 'family',
    label: say('charter.what-it-serves'),
    kind: 'choice',
    options: [
      ['efficiency', say('charter.work-faster')],
      ['experience', say('charter.serve-customers-better')],
      ['advantage', say('charter.gain-an-edge')],
      ['cost', say('charter.spend-less')],
    ],
  },
  { key: 'unit', label: say('charter.unit'), kind: 'text', hint: say('charter.for-example-minutes-or-share') },
  {
    key: 'baseline',
    label: say('charter.today-2'),
    kind: 'text',
    hint: say('charter.as-measured-without-the-application'),
  },
  { key: 'target', label: say('charter.target-2'), kind: 'text' },
  { key: 'targetDate', label: say('charter.by-2'), kind: 'date' },
  { key: 'source', label: say('charter.where-the-number-comes-from'), kind: 'text' },
  { key: 'owner', label: say('charter.who-answers-for-it'), kind: 'text' },
  { key: 'because', label: say('charter.why-it-can-be-reached'), kind: 'long' },
  { key: 'alertAt', label: say('charter.tell-somebody-at'), kind: 'text' },
  { key: 'killAt', label: say('charter.stop-at'), kind: 'text' },
]
