/** What the first version does: each part with the KPIs that it serves and the cases that show it. */
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import type { Plan } from './queries.ts'
import type { FieldPlan } from './row-form.tsx'

export const SCOPE: readonly FieldPlan[] = [
  { key: 'what', label: say('first-scope.what-the-first-version-does'), kind: 'long', required: true },
  {
    key: 'kpis',
    label: say('first-scope.kpis-that-it-serves'),
    kind: 'lines',
    hint: say('first-scope.their-names-as-the-charter-has'),
  },
  {
    key: 'cases',
    label: say('first-scope.cases-that-show-it'),
    kind: 'lines',
    hint: say('first-scope.their-ids-as-the-dataset-has'),
  },
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
      title={say('first-scope.what-the-first-version-does')}
      count={scope.length}
      actions={open && <Button onClick={() => open(null)}>{say('first-scope.add-a-part')}</Button>}
    >
      {scope.length === 0 ? (
        <Empty title={say('first-scope.nothing-said-yet')}>{say('first-scope.name-the-few-things-that-it')}</Empty>
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
                {(kpis ?? []).length > 0
                  ? say('first-scope.serves', { kpis: kpis?.join(', ') })
                  : say('first-scope.serves-no-kpi')}
                {(cases ?? []).length > 0
                  ? say('first-scope.shown-by', { cases: cases?.join(', ') })
                  : say('first-scope.no-case-shows-it')}
              </p>
            </li>
          ))}
        </ul>
      )}
      {roadmap.uncoveredKpis.length > 0 && (
        <p className="prose-width mt-4">
          <Tag tone="text-stale">{say('first-scope.not-served-yet')}</Tag> {roadmap.uncoveredKpis.join(', ')}
        </p>
      )}
    </Section>
  )
}
