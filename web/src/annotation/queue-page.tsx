/** One queue: how far it is, how far people agree, what is asked of them, and every answer in it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AnnotationQueue } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { list, number, percent } from '../data/format.ts'
import { useMay, useNames } from '../data/queries.ts'
import { Ago, Dot, Tag } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { AgreementSection } from './agreement-section.tsx'
import { ItemsSection, useItems } from './items-section.tsx'
import { annotationQueue } from './queries.ts'

const CRUMBS = [{ label: say('queue.annotate'), href: '/annotation' }]

export function QueuePage({ id }: { id: string }) {
  const query = useQuery(annotationQueue(id))
  // Asked beside the queue, not behind it.
  useItems(id)
  const found = query.data
  return (
    <Page
      title={found?.name ?? say('queue.queue')}
      crumbs={CRUMBS}
      aside={found?.state === 'closed' && <Tag>{say('queue.closed')}</Tag>}
      actions={found && <Actions queue={found} />}
    >
      <Loaded query={query} rows={12}>
        {(queue) => (
          <>
            <div className="mb-6">
              <p className="prose-width text-prose">{standing(queue)}</p>
              <p className="mt-1 flex flex-wrap gap-x-2 text-muted">
                <TextLink href={`/applications/${queue.application}`}>{queue.application}</TextLink>
                <Dot />
                <span>{queue.data}</span>
                <Dot />
                <span>{say('queue.for-each-answer', { people: say('many.person', { n: queue.labelsPerItem }) })}</span>
                {queue.feeds !== 'none' && (
                  <>
                    <Dot />
                    <span>
                      {say('queue.users-feed-it', {
                        feeds: queue.feeds === 'bad' && say('queue.with-what-they-call-bad'),
                      })}
                    </span>
                  </>
                )}
                <Dot />
                <Ago at={queue.createdAt} />
              </p>
              <Progress
                done={queue.progress.complete}
                total={queue.progress.items}
                label={say('queue.complete-answers')}
              />
            </div>
            <AgreementSection queue={queue} agreement={queue.agreement} />
            <Guidelines queue={queue} />
            <ItemsSection queue={queue} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function standing({ progress: { items, complete, disputed }, state, labelsPerItem }: AnnotationQueue): string {
  const left = items - complete
  const differ =
    disputed === 0 ? '' : say('queue.people-differ-on-somebody-who-labelled-none', { disputed: number(disputed) })
  if (items === 0) return say('queue.nothing-to-label-yet-answers-come-in')
  if (left === 0)
    return say('queue.all-have-their', {
      answers: say('many.answer', { n: items }),
      labels: say('many.label', { n: labelsPerItem }),
      differ,
    })
  if (state === 'closed')
    return say('queue.closed-with-of-complete', {
      complete: number(complete),
      answers: say('many.answer', { n: items }),
      differ,
    })
  return say('queue.of-wait-for-labels', {
    answers: say('many.answer', { n: left }),
    items: number(items),
    left: percent(left / items, 0),
    differ,
  })
}

function Actions({ queue: { id, state, progress, application } }: { queue: AnnotationQueue }) {
  const may = useMay()
  const cache = useQueryClient()
  const close = useMutation({
    mutationFn: () => client.closeAnnotationQueue({ params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['annotation'] }),
  })
  const take = useMutation({
    mutationFn: () => client.exportAnnotations({ params: { id } }),
    onSuccess: ({ content }) => download(`${application}-calibration.jsonl`, content),
  })
  const isOpen = state === 'open' && progress.complete < progress.items
  return (
    <>
      {may('build') && progress.complete > 0 && (
        <Button busy={take.isPending} onClick={() => take.mutate()}>
          {say('queue.download-as-cases')}
        </Button>
      )}
      {may('build') && state === 'open' && (
        <Button busy={close.isPending} onClick={() => close.mutate()}>
          {say('queue.close')}
        </Button>
      )}
      {may('attest') && progress.disputed > 0 && (
        <ButtonLink href={`/annotation/${id}/decide`} tone={isOpen ? 'plain' : 'primary'}>
          {say('queue.decide', { disputed: number(progress.disputed) })}
        </ButtonLink>
      )}
      {may('attest') && isOpen && (
        <ButtonLink href={`/annotation/${id}/label`} tone="primary">
          {say('queue.label')}
        </ButtonLink>
      )}
      {(close.error ?? take.error) && <Trouble failure={close.error ?? take.error} />}
    </>
  )
}

function Guidelines({ queue: { guidelines, choices, annotators, isOrdered } }: { queue: AnnotationQueue }) {
  const nameOf = useNames()
  return (
    <Section title={say('queue.what-people-are-asked')} note={isOrdered ? say('queue.from-worst-to-best') : undefined}>
      <p className="prose-width mb-3 break-words whitespace-pre-wrap">{guidelines}</p>
      <Facts
        items={[
          ...choices.map(
            ({ value, meaning, isGood }) =>
              [
                value,
                <span key={value}>
                  {meaning}{' '}
                  <span className="text-muted">
                    {say('queue.counts-as', {
                      isGood: isGood === null ? say('queue.neither') : isGood ? say('queue.good') : say('queue.bad'),
                    })}
                  </span>
                </span>,
              ] as const,
          ),
          [
            say('queue.who'),
            annotators.length === 0 ? say('queue.everybody-who-may-attest') : list(annotators.map(nameOf)),
          ],
        ]}
      />
    </Section>
  )
}

function download(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/jsonl' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
