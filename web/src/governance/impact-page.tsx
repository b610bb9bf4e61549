/** The impact assessment: who is affected and how, and the risks and suites that follow from it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { TakeAway } from '../law/take-away.tsx'
import { DocumentPart } from '../people/document-part.tsx'
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PlanPage } from './plan-frame.tsx'
import { type ImpactFollowing, impact } from './queries.ts'
import type { FieldPlan } from './row-form.tsx'

const FIELDS: readonly FieldPlan[] = [
  {
    key: 'affected',
    label: say('impact.who-is-affected'),
    kind: 'lines',
    hint: say('impact.who-uses-it-or-is-spoken'),
  },
  { key: 'benefits', label: say('impact.what-they-gain'), kind: 'lines' },
  { key: 'harms', label: say('impact.what-may-harm-them'), kind: 'lines', hint: say('impact.each-becomes-a-risk') },
  {
    key: 'misuse',
    label: say('impact.what-somebody-may-try-with-it'),
    kind: 'lines',
    hint: say('impact.each-becomes-a-risk-and-a'),
  },
  { key: 'society', label: say('impact.work-environment-trust'), kind: 'long' },
  { key: 'objection', label: say('impact.how-somebody-can-object'), kind: 'long' },
  { key: 'assessedBy', label: say('impact.who-assessed-it'), kind: 'text' },
]

export function ImpactPage({ name }: { name: string }) {
  const query = useQuery(impact(name))
  return (
    <PlanPage
      name={name}
      title={say('impact.impact')}
      actions={<TakeAway address={`/api/v1/applications/${name}/impact/paper`} />}
    >
      <Loaded query={query} rows={8}>
        {(following) => <Following name={name} following={following} />}
      </Loaded>
      <DocumentPart
        name={name}
        which="impact"
        title={say('impact.assessment')}
        note={say('impact.kept-in-impact-yaml')}
        fields={FIELDS}
      />
    </PlanPage>
  )
}

function Following({ name, following }: { name: string; following: ImpactFollowing }) {
  const { answered, of, risks, suites } = following
  const fresh = [...risks, ...suites].filter(({ isKept }) => !isKept).length
  const cache = useQueryClient()
  const may = useMay()
  const take = useMutation({
    mutationFn: () => client.takeImpact({ params: { name } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['application'] }),
  })
  return (
    <>
      <Lead>
        {say('impact.of-questions-are-answered', { answered, of })}{' '}
        {answered === 0
          ? say('impact.what-you-answer-becomes-risks-and')
          : fresh === 0
            ? say('impact.what-follows-from-the-answers-stands')
            : say('impact.from-the-answers-and-not-in', { n: fresh })}
      </Lead>
      {risks.length + suites.length > 0 && (
        <Section
          title={say('impact.what-follows')}
          count={risks.length + suites.length}
          actions={
            may('build') &&
            fresh > 0 && (
              <Button tone="primary" busy={take.isPending} onClick={() => take.mutate()}>
                {say('impact.take-them-into-the-blueprint')}
              </Button>
            )
          }
        >
          {take.error && <Trouble failure={take.error} />}
          <ul>
            {risks.map(({ id, title, description, category, isKept }) => (
              <li key={id} className="border-t border-line py-3 first:border-0 first:pt-0">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-medium">{title}</span> <Tag>{say('impact.risk', { category })}</Tag>
                  {isKept && <Tag tone="text-pass">{say('impact.in-risks-yaml')}</Tag>}
                </p>
                <p className="prose-width text-muted">{description}</p>
              </li>
            ))}
            {suites.map(({ name: suite, because, cases, isKept }) => (
              <li key={suite} className="border-t border-line py-3 first:border-0 first:pt-0">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-medium">{suite}</span>{' '}
                  <Tag>{say('impact.suite-of', { cases: say('many.case', { n: cases }) })}</Tag>
                  {isKept && <Tag tone="text-pass">{say('impact.in-the-blueprint')}</Tag>}
                </p>
                <p className="prose-width text-muted">{because}</p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
