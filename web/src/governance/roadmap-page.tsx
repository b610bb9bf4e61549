/** The roadmap in the module's columns, with what its gates say. */
import { useMay } from '../data/queries.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Lead } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { useRowEditing } from './edit-rows.tsx'
import { FirstScope, SCOPE } from './first-scope.tsx'
import { PlanFrame } from './plan-frame.tsx'
import type { Plan } from './queries.ts'
import type { FieldPlan } from './row-form.tsx'

type LiveRow = Plan['roadmap']['rows'][number]

export const RoadmapPage = ({ name }: { name: string }) => (
  <PlanFrame name={name} title={say('roadmap.roadmap')} paper="roadmap">
    {(found) => <Roadmap name={name} roadmap={found.roadmap} />}
  </PlanFrame>
)

const FIELDS: readonly FieldPlan[] = [
  { key: 'phase', label: say('roadmap.phase'), kind: 'text', required: true },
  { key: 'timeline', label: say('roadmap.timeline'), kind: 'text', hint: say('roadmap.for-example-1-month') },
  { key: 'activity', label: say('roadmap.activity'), kind: 'long', required: true },
  { key: 'resources', label: say('roadmap.resources'), kind: 'long' },
  { key: 'metrics', label: say('roadmap.metrics'), kind: 'text' },
  { key: 'risks', label: say('roadmap.risks'), kind: 'text' },
  { key: 'mitigation', label: say('roadmap.mitigation-strategy'), kind: 'long' },
  { key: 'owner', label: say('roadmap.owner'), kind: 'text' },
  {
    key: 'gate',
    label: say('roadmap.the-gate-that-ends-it'),
    kind: 'choice',
    options: [
      ['poc', say('roadmap.into-the-proof-of-concept')],
      ['pilot', say('roadmap.into-the-pilot')],
      ['production', say('roadmap.into-production')],
    ],
  },
  { key: 'start', label: say('roadmap.from'), kind: 'date' },
  { key: 'end', label: say('roadmap.last-day'), kind: 'date' },
  { key: 'checks', label: say('roadmap.further-checks'), kind: 'lines' },
  {
    key: 'riskIds',
    label: say('roadmap.risks-of-the-register'),
    kind: 'lines',
    hint: say('roadmap.their-ids-one-a-line'),
  },
  { key: 'done', label: say('roadmap.done'), kind: 'yes', hint: say('roadmap.where-no-check-can-tell') },
]

const STATES: Readonly<Record<LiveRow['status']['state'], string>> = {
  done: say('roadmap.is-done'),
  'under-way': say('roadmap.under-way'),
  held: say('roadmap.held'),
  'not-begun': say('roadmap.not-begun'),
  open: say('roadmap.open'),
}

/** The six of the checklist by their names; every other risk by its id. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['data-bias', say('risks.data-bias')],
  ['security', say('risks.security-vulnerabilities')],
  ['expertise', say('risks.lack-of-expertise')],
  ['cost', say('risks.cost-overruns')],
  ['integration', say('risks.integration-challenges')],
  ['ethics', say('risks.ethical-concerns')],
])

const written = ({ status: _, waitsFor: __, linkedRisks: ___, ...row }: LiveRow) => row

function Roadmap({ name, roadmap }: { name: string; roadmap: Plan['roadmap'] }) {
  const mayBuild = useMay()('build')
  const editing = useRowEditing({
    name,
    document: 'roadmap',
    list: 'rows',
    key: 'id',
    what: say('roadmap.row'),
    fields: FIELDS,
    fresh: { phase: '', activity: '' },
    prefilled: { rows: roadmap.rows.map(written) },
  })
  const scoping = useRowEditing({
    name,
    document: 'roadmap',
    list: 'scope',
    key: 'what',
    what: say('roadmap.part'),
    fields: SCOPE,
    fresh: { what: '' },
    prefilled: { rows: roadmap.rows.map(written) },
  })
  const done = roadmap.rows.filter(({ status }) => status.state === 'done').length
  const next = roadmap.rows.find(({ status }) => status.state !== 'done')
  return (
    <>
      <Lead>
        {say('roadmap.of-rows-are-done', { done, rows: roadmap.rows.length })}{' '}
        {next && say('roadmap.next', { phase: next.phase, says: next.status.says })}
        {!roadmap.isKept && ` ${say('roadmap.these-rows-are-a-start-they')}`}
      </Lead>
      <div className="overflow-x-auto">
        <table className="data-table min-w-[64rem]">
          <caption className="sr-only">{say('roadmap.implementation-roadmap')}</caption>
          <thead>
            <tr>
              {[
                say('roadmap.phase'),
                say('roadmap.activity'),
                say('roadmap.timeline'),
                say('roadmap.resources'),
                say('roadmap.metrics'),
                say('roadmap.risks'),
                say('roadmap.mitigation-strategy'),
                say('roadmap.status'),
              ].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
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
                  {row.end && <div className="text-muted">{say('roadmap.until', { end: row.end })}</div>}
                </td>
                <td className="whitespace-normal">{row.resources}</td>
                <td className="whitespace-normal">{row.metrics}</td>
                <td className="whitespace-normal">
                  {row.risks}
                  {row.linkedRisks.length > 0 && (
                    <div className="flex flex-wrap gap-x-2 gap-y-1">
                      {row.linkedRisks.map((id) => (
                        <TextLink key={id} href={`/applications/${name}/risks#${id}`}>
                          {SHORT.get(id) ?? id}
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
                    {row.status.isLate
                      ? say('roadmap.late-and', { state: STATES[row.status.state] })
                      : STATES[row.status.state]}
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
          <Button onClick={() => editing.open(null)}>{say('roadmap.add-a-row')}</Button>
        </div>
      )}
      <FirstScope roadmap={roadmap} open={mayBuild ? scoping.open : undefined} />
      {editing.dialog}
      {scoping.dialog}
    </>
  )
}
