/** What the first version does: each part with the KPIs that it serves and the cases that show it. */
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import type { Plan } from './queries.ts'
import type { FieldPlan } from './row-form.tsx'

export const SCOPE: readonly FieldPlan[] = [
  { key: 'what', label: 'What the first version does', kind: 'long', required: true },
  {
    key: 'kpis',
    label: 'KPIs that it serves',
    kind: 'lines',
    hint: 'Their names, as the charter has them, one a line.',
  },
  { key: 'cases', label: 'Cases that show it', kind: 'lines', hint: 'Their ids, as the dataset has them, one a line.' },
]

export function FirstScope({
  roadmap,
  open,
}: {
  roadmap: Plan['roadmap']
  /** Undefined for who may not change it. */
  open: ((what: string | null) => void) | undefined
}) {
  const scope = roadmap.scope ?? []
  return (
    <Section
      title="What the first version does"
      count={scope.length}
      actions={open && <Button onClick={() => open(null)}>Add a part</Button>}
    >
      {scope.length === 0 ? (
        <Empty title="Nothing said yet">Name the few things that it has to do, and what each is for.</Empty>
      ) : (
        <ul>
          {scope.map(({ what, kpis, cases }) => (
            <li key={what} className="border-t border-line py-3 first:border-0 first:pt-0">
              {open ? (
                <button type="button" className="text-left underline decoration-line-strong" onClick={() => open(what)}>
                  {what}
                </button>
              ) : (
                what
              )}
              <p className="prose-width text-muted">
                {(kpis ?? []).length > 0 ? `Serves ${kpis?.join(', ')}. ` : 'Serves no KPI. '}
                {(cases ?? []).length > 0 ? `Shown by ${cases?.join(', ')}.` : 'No case shows it.'}
              </p>
            </li>
          ))}
        </ul>
      )}
      {roadmap.uncoveredKpis.length > 0 && (
        <p className="prose-width mt-4">
          <Tag tone="text-stale">not served yet</Tag> {roadmap.uncoveredKpis.join(', ')}
        </p>
      )}
    </Section>
  )
}
