/** One study: how far it is and how far people agree; when it is closed, whose answers people prefer. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { StudyView } from '../../../sdk/index.ts'
import { AgreementSection } from '../annotation/agreement-section.tsx'
import { annotationQueue } from '../annotation/queries.ts'
import { client } from '../data/client.ts'
import { minutes, number, percent } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Dot, Tag } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { armLabels, study } from './queries.ts'
import { ResultsSection } from './results-section.tsx'

const CRUMBS = [{ label: say('study.annotate'), href: '/annotation' }]

export function StudyPage({ id }: { id: string }) {
  const query = useQuery(study(id))
  const found = query.data
  return (
    <Page
      title={found?.name ?? say('study.study')}
      crumbs={CRUMBS}
      aside={found && <Tag>{found.closedAt === null ? say('study.blind') : say('study.closed')}</Tag>}
      actions={found && <Actions found={found} />}
    >
      <Loaded query={query} rows={12}>
        {(one) => (
          <>
            <div className="mb-6">
              <p className="prose-width text-prose">{standing(one)}</p>
              <p className="mt-1 flex flex-wrap gap-x-2 text-muted">
                <TextLink href={`/applications/${one.application}`}>{one.application}</TextLink>
                <Dot />
                <span>{one.dataset.name}</span>
                <Dot />
                <span>{say('many.case', { n: one.plan.cases })}</span>
                <Dot />
                <Ago at={one.createdAt} />
              </p>
              {one.closedAt === null && (
                <Progress done={one.progress.labels} total={one.plan.labels} label={say('study.choices-made')} />
              )}
            </div>
            {one.results ? <ResultsSection study={one} results={one.results} /> : <Arms found={one} />}
            <AgreementSection
              queue={{ labelsPerItem: one.plan.labels > one.plan.pairs ? 2 : 1 }}
              agreement={one.agreement}
              of="pairs"
            />
            <Guidelines queue={one.queue} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function standing({ progress, plan, closedAt }: StudyView): string {
  const left = plan.labels - progress.labels
  if (closedAt !== null)
    return say('study.people-made-in', {
      choices: say('many.choice', { n: progress.labels }),
      cases: say('many.case', { n: plan.cases }),
    })
  if (left <= 0) return say('study.all-choices-are-made-close-it-and')
  const time = (plan.minutes / plan.labels) * left
  return say('study.of-are-still-to-be-made-about', {
    choices: say('many.choice', { n: left }),
    labels: number(plan.labels),
    left: percent(left / plan.labels, 0),
    time: minutes(time),
  })
}

function Actions({ found: { id, queue, progress, plan, closedAt } }: { found: StudyView }) {
  const may = useMay()
  const cache = useQueryClient()
  const close = useMutation({
    mutationFn: () => client.closeStudy({ params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['annotation'] }),
  })
  if (closedAt !== null) return null
  const isDone = progress.labels >= plan.labels
  return (
    <>
      {may('build') && (
        <Button tone={isDone ? 'primary' : 'plain'} busy={close.isPending} onClick={() => close.mutate()}>
          {say('study.close-and-show')}
        </Button>
      )}
      {may('attest') && progress.disputed > 0 && (
        <ButtonLink href={`/annotation/${queue}/decide`}>
          {say('study.decide', { disputed: number(progress.disputed) })}
        </ButtonLink>
      )}
      {may('attest') && !isDone && (
        <ButtonLink href={`/annotation/${queue}/label`} tone="primary">
          {say('study.choose')}
        </ButtonLink>
      )}
      {close.error && <Trouble failure={close.error} />}
    </>
  )
}

function Arms({ found: { arms } }: { found: StudyView }) {
  const label = armLabels(arms)
  return (
    <Section title={say('study.held-against-each-other')} count={arms.length}>
      <ul className="prose-width flex list-disc flex-col gap-0.5 pl-5">
        {arms.map(({ id }) => (
          <li key={id}>{label(id)}</li>
        ))}
      </ul>
      <p className="prose-width mt-2 text-muted">{say('study.whose-answer-is-whose-and-who-is')}</p>
    </Section>
  )
}

function Guidelines({ queue }: { queue: string }) {
  const { data } = useQuery(annotationQueue(queue))
  return data ? (
    <Section title={say('study.what-people-choose-by')}>
      <p className="prose-width break-words whitespace-pre-wrap">{data.guidelines}</p>
    </Section>
  ) : null
}
