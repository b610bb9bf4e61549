/** The roadmap in the module's columns, with what its gates say. */
import { useMay } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Lead } from '../ui/page.tsx'
import { useRowEditing } from './edit-rows.tsx'
import { FirstScope, SCOPE } from './first-scope.tsx'
import { PlanFrame } from './plan-frame.tsx'
import type { Plan } from './queries.ts'
import type { FieldPlan } from './row-form.tsx'

type LiveRow = Plan['roadmap']['rows'][number]

export const RoadmapPage = ({ name }: { name: string }) => (
  <PlanFrame name={name} title="Roadmap" paper="roadmap">
    {(found) => <Roadmap name={name} roadmap={found.roadmap} />}
  </PlanFrame>
)

const FIELDS: readonly FieldPlan[] = [
  { key: 'phase', label: 'Phase', kind: 'text', required: true },
  { key: 'timeline', label: 'Timeline', kind: 'text', hint: 'For example 1 month.' },
  { key: 'activity', label: 'Activity', kind: 'long', required: true },
  { key: 'resources', label: 'Resources', kind: 'long' },
  { key: 'metrics', label: 'Metrics', kind: 'text' },
  { key: 'risks', label: 'Risks', kind: 'text' },
  { key: 'mitigation', label: 'Mitigation strategy', kind: 'long' },
  { key: 'owner', label: 'Owner', kind: 'text' },
  {
    key: 'gate',
    label: 'The gate that ends it',
    kind: 'choice',
    options: [
      ['poc', 'into the proof of concept'],
      ['pilot', 'into the pilot'],
      ['production', 'into production'],
    ],
  },
  { key: 'start', label: 'From', kind: 'date' },
  { key: 'end', label: 'Last day', kind: 'date' },
  { key: 'checks', label: 'Further checks', kind: 'lines' },
  { key: 'riskIds', label: 'Risks of the register', kind: 'lines', hint: 'Their ids, one a line.' },
  { key: 'done', label: 'Done', kind: 'yes', hint: 'Where no check can tell.' },
]

const STATES: Readonly<Record<LiveRow['status']['state'], string>> = {
  done: 'done',
  'under-way': 'under way',
  held: 'held',
  'not-begun': 'not begun',
  open: 'open',
}

const written = ({ status: _, waitsFor: __, linkedRisks: ___, ...row }: LiveRow) => row

function Roadmap({ name, roadmap }: { name: string; roadmap: Plan['roadmap'] }) {
  const mayBuild = useMay()('build')
  const editing = useRowEditing({
    name,
    document: 'roadmap',
    list: 'rows',
    key: 'id',
    what: 'row',
    fields: FIELDS,
    fresh: { phase: '', activity: '' },
    prefilled: { rows: roadmap.rows.map(written) },
  })
  const scoping = useRowEditing({
    name,
    document: 'roadmap',
    list: 'scope',
    key: 'what',
    what: 'part',
    fields: SCOPE,
    fresh: { what: '' },
    prefilled: { rows: roadmap.rows.map(written) },
  })
  const done = roadmap.rows.filter(({ status }) => status.state === 'done').length
  const next = roadmap.rows.find(({ status }) => status.state !== 'done')
  return (
    <>
      <Lead>
        {done} of {roadmap.rows.length} rows are done. {next && `Next: ${next.phase}. ${next.status.says}`}
        {!roadmap.isKept && ' These rows are a start; they are kept when you change one.'}
      </Lead>
      <div className="overflow-x-auto">
        <table className="data-table min-w-[64rem]">
          <caption className="sr-only">Implementation roadmap</caption>
          <thead>
            <tr>
              {['Phase', 'Activity', 'Timeline', 'Resources', 'Metrics', 'Risks', 'Mitigation strategy', 'Status'].map(
                (title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {roadmap.rows.map((row) => (
              <tr key={row.id} className="align-top">
                <th scope="row" className="text-left font-medium">
                  {mayBuild ? (
                    <button
                      type="button"
                      className="text-left underline decoration-line-strong"
                      onClick={() => editing.open(row.id)}
                    >
                      {row.phase}
                    </button>
                  ) : (
                    row.phase
                  )}
                </th>
                <td className="whitespace-normal">{row.activity}</td>
                <td className="whitespace-normal">
                  {row.timeline}
                  {row.end && <div className="text-muted">until {row.end}</div>}
                </td>
                <td className="whitespace-normal">{row.resources}</td>
                <td className="whitespace-normal">{row.metrics}</td>
                <td className="whitespace-normal">
                  {row.risks}
                  {row.linkedRisks.length > 0 && (
                    <div>
                      {row.linkedRisks.map((id) => (
                        <TextLink key={id} href={`/applications/${name}/risks#${id}`} className="mr-2">
                          {id}
                        </TextLink>
                      ))}
                    </div>
                  )}
                </td>
                <td className="whitespace-normal">{row.mitigation}</td>
                <td className="whitespace-normal">
                  <Tag
                    tone={
                      row.status.isLate || row.status.state === 'held'
                        ? 'text-fail'
                        : row.status.state === 'done'
                          ? 'text-pass'
                          : 'text-muted'
                    }
                  >
                    {row.status.isLate ? 'late, ' : ''}
                    {STATES[row.status.state]}
                  </Tag>
                  <div className="text-muted">{row.status.says}</div>
                  {row.owner && <div className="text-muted">{row.owner}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {mayBuild && (
        <div className="mt-4">
          <Button onClick={() => editing.open(null)}>Add a row</Button>
        </div>
      )}
      <FirstScope roadmap={roadmap} open={mayBuild ? scoping.open : undefined} />
      {editing.dialog}
      {scoping.dialog}
    </>
  )
}
