/** The impact assessment: who is affected and how, and the risks and suites that follow from it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { TakeAway } from '../law/take-away.tsx'
import { DocumentPart } from '../people/document-part.tsx'
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { PlanPage } from './plan-frame.tsx'
import { type ImpactFollowing, impact } from './queries.ts'
import type { FieldPlan } from './row-form.tsx'

const FIELDS: readonly FieldPlan[] = [
  {
    key: 'affected',
    label: 'Who is affected',
    kind: 'lines',
    hint: 'Who uses it or is spoken about; one group a line.',
  },
  { key: 'benefits', label: 'What they gain', kind: 'lines' },
  { key: 'harms', label: 'What may harm them', kind: 'lines', hint: 'Each becomes a risk.' },
  {
    key: 'misuse',
    label: 'What somebody may try with it',
    kind: 'lines',
    hint: 'Each becomes a risk, and a case that it has to refuse.',
  },
  { key: 'society', label: 'Work, environment, trust', kind: 'long' },
  { key: 'objection', label: 'How somebody can object', kind: 'long' },
  { key: 'assessedBy', label: 'Who assessed it', kind: 'text' },
]

export function ImpactPage({ name }: { name: string }) {
  const query = useQuery(impact(name))
  return (
    <PlanPage name={name} title="Impact" actions={<TakeAway address={`/api/v1/applications/${name}/impact/paper`} />}>
      <Loaded query={query} rows={8}>
        {(following) => <Following name={name} following={following} />}
      </Loaded>
      <DocumentPart name={name} which="impact" title="Assessment" note="kept in impact.yaml" fields={FIELDS} />
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
        {answered} of {of} questions are answered.{' '}
        {answered === 0
          ? 'What you answer becomes risks, and cases that it has to refuse.'
          : fresh === 0
            ? 'What follows from the answers stands in the blueprint.'
            : `${many(fresh, 'thing follows', 'things follow')} from the answers and ${fresh === 1 ? 'is' : 'are'} not in the blueprint yet.`}
      </Lead>
      {risks.length + suites.length > 0 && (
        <Section
          title="What follows"
          count={risks.length + suites.length}
          actions={
            may('build') &&
            fresh > 0 && (
              <Button tone="primary" busy={take.isPending} onClick={() => take.mutate()}>
                Take them into the blueprint
              </Button>
            )
          }
        >
          {take.error && <Trouble failure={take.error} />}
          <ul>
            {risks.map(({ id, title, description, category, isKept }) => (
              <li key={id} className="border-t border-line py-3 first:border-0 first:pt-0">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-medium">{title}</span> <Tag>risk: {category}</Tag>
                  {isKept && <Tag tone="text-pass">in risks.yaml</Tag>}
                </p>
                <p className="prose-width text-muted">{description}</p>
              </li>
            ))}
            {suites.map(({ name: suite, because, cases, isKept }) => (
              <li key={suite} className="border-t border-line py-3 first:border-0 first:pt-0">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className="font-medium">{suite}</span> <Tag>suite of {many(cases, 'case')}</Tag>
                  {isKept && <Tag tone="text-pass">in the blueprint</Tag>}
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
