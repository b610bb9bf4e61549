/** One queue: how far it is, how far people agree, what is asked of them, and every answer in it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AnnotationQueue } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { list, many, number, percent } from '../data/format.ts'
import { useMay, useNames } from '../data/queries.ts'
import { Ago, Dot, Tag } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { AgreementSection } from './agreement-section.tsx'
import { ItemsSection } from './items-section.tsx'
import { annotationQueue } from './queries.ts'

const CRUMBS = [{ label: 'Annotate', href: '/annotation' }]

export function QueuePage({ id }: { id: string }) {
  const query = useQuery(annotationQueue(id))
  const found = query.data
  return (
    <Page
      title={found?.name ?? 'Queue'}
      crumbs={CRUMBS}
      aside={found?.state === 'closed' && <Tag>closed</Tag>}
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
                <span>{many(queue.labelsPerItem, 'person', 'people')} for each answer</span>
                {queue.feeds !== 'none' && (
                  <>
                    <Dot />
                    <span>users feed it{queue.feeds === 'bad' && ' with what they call bad'}</span>
                  </>
                )}
                <Dot />
                <Ago at={queue.createdAt} />
              </p>
              <Progress done={queue.progress.complete} total={queue.progress.items} label="Complete answers" />
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
    disputed === 0 ? '' : ` People differ on ${number(disputed)}: somebody who labelled none of them has to decide.`
  if (items === 0) return 'Nothing to label yet: answers come in as users speak of them.'
  if (left === 0) return `All ${many(items, 'answer')} have their ${many(labelsPerItem, 'label')}.${differ}`
  if (state === 'closed') return `Closed with ${number(complete)} of ${many(items, 'answer')} complete.${differ}`
  return `${many(left, 'answer')} of ${number(items)} (${percent(left / items, 0)}) wait for labels.${differ}`
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
          Download as cases
        </Button>
      )}
      {may('build') && state === 'open' && (
        <Button busy={close.isPending} onClick={() => close.mutate()}>
          Close
        </Button>
      )}
      {may('attest') && progress.disputed > 0 && (
        <ButtonLink href={`/annotation/${id}/decide`} tone={isOpen ? 'plain' : 'primary'}>
          Decide {number(progress.disputed)}
        </ButtonLink>
      )}
      {may('attest') && isOpen && (
        <ButtonLink href={`/annotation/${id}/label`} tone="primary">
          Label
        </ButtonLink>
      )}
      {(close.error ?? take.error) && <Trouble failure={close.error ?? take.error} />}
    </>
  )
}

function Guidelines({ queue: { guidelines, choices, annotators, isOrdered } }: { queue: AnnotationQueue }) {
  const nameOf = useNames()
  return (
    <Section title="What people are asked" note={isOrdered ? 'from worst to best' : undefined}>
      <p className="prose-width mb-3 break-words whitespace-pre-wrap">{guidelines}</p>
      <Facts
        items={[
          ...choices.map(
            ({ value, meaning, isGood }) =>
              [
                value,
                <span key={value}>
                  {meaning}{' '}
                  <span className="text-muted">counts as {isGood === null ? 'neither' : isGood ? 'good' : 'bad'}</span>
                </span>,
              ] as const,
          ),
          ['who', annotators.length === 0 ? 'everybody who may attest' : list(annotators.map(nameOf))],
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
