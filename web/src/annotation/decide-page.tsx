/** What people differ on, one answer at a time: what each said and why, and the decision of somebody else. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { AnnotationQueue } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { me, useNames } from '../data/queries.ts'
import { type KeyHelp, usePageKeys } from '../shell/keyboard.ts'
import { Ago } from '../ui/bits.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { ChoiceList, choiceKeys, isElsewhere } from './choice-list.tsx'
import { guidelinesOf } from './queries.ts'
import { TaskView } from './task-view.tsx'

const KEYS: KeyHelp = [
  ['1 to 9', say('decide.say-what-holds')],
  ['c', say('decide.write-why-esc-leaves-it')],
  [say('decide.enter'), say('decide.keep-the-decision-and-show-the-next')],
  [say('decide.j-or'), say('decide.the-next')],
  [say('decide.k-or'), say('decide.the-one-before')],
]
const AT_ONCE = 50

type Dispute = Awaited<ReturnType<typeof client.listDisputes>>['items'][number]

export function DecidePage({ id }: { id: string }) {
  const queue = useQuery(guidelinesOf(id))
  const disputes = useQuery({
    queryKey: ['annotation', id, 'disputes'],
    queryFn: () => client.listDisputes({ params: { id }, query: { limit: AT_ONCE } }),
  })
  return (
    <Page
      title={say('decide.decide')}
      crumbs={[
        { label: say('decide.annotate'), href: '/annotation' },
        { label: queue.data?.name ?? say('decide.queue'), href: `/annotation/${id}` },
      ]}
    >
      <Loaded query={queue} rows={10}>
        {(found) => (
          <Loaded query={disputes} rows={10}>
            {({ items }) => <Deciding queue={found} disputes={items} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

function Deciding({ queue, disputes }: { queue: AnnotationQueue; disputes: readonly Dispute[] }) {
  const [asked, show] = useParameter('item')
  const own = useQuery(me).data?.actor
  const theirs = disputes.filter(({ labels }) => !labels.some(({ by }) => by === own))
  const mine = disputes.length - theirs.length
  const at = Math.max(
    0,
    theirs.findIndex(({ id }) => id === asked),
  )
  const dispute = theirs[at]
  const move = (by: 1 | -1) => show(theirs[Math.min(theirs.length - 1, Math.max(0, at + by))]?.id)
  if (!dispute)
    return (
      <Empty
        title={mine > 0 ? say('decide.others-have-to-decide') : say('decide.people-differ-on-nothing')}
        action={<ButtonLink href={`/annotation/${queue.id}`}>{say('decide.see-the-queue')}</ButtonLink>}
      >
        {mine > 0
          ? say('decide.you-labelled-the-that-people-differ-on', { answers: say('many.answer', { n: mine }) })
          : say('decide.where-all-labels-of-an-answer-are')}
      </Empty>
    )
  return (
    <>
      <p className="mb-4 text-muted">
        {sayWith('decide.of', {
          at: at + 1,
          answers: say('many.answer', { n: theirs.length }),
          mine: mine > 0 && say('decide.and-more-that-you-labelled-yourself', { mine }),
        })}
      </p>
      <Decision key={dispute.id} queue={queue} dispute={dispute} onMove={move} />
    </>
  )
}

function Decision({
  queue,
  dispute,
  onMove,
}: {
  queue: AnnotationQueue
  dispute: Dispute
  onMove: (by: 1 | -1) => void
}) {
  const [value, setValue] = useState<string>()
  const [reason, setReason] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const nameOf = useNames()
  const cache = useQueryClient()
  const decide = useMutation({
    mutationFn: () => client.adjudicateAnnotation({ params: { id: dispute.id }, body: { value: value ?? '', reason } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['annotation'] }),
  })
  const isReady = value !== undefined && reason.trim() !== '' && !decide.isPending
  const pick = (said: string | null) => setValue(said ?? undefined)
  usePageKeys(KEYS, {
    ...choiceKeys(queue, pick),
    Enter: () => (isElsewhere() ? false : isReady && decide.mutate()),
    j: () => onMove(1),
    ArrowDown: () => onMove(1),
    k: () => onMove(-1),
    ArrowUp: () => onMove(-1),
    c: () => field.current?.focus(),
  })
  return (
    <div className="grid gap-x-12 gap-y-6 md:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex flex-col gap-5">
        <section aria-label={say('decide.what-people-said')}>
          <h2 className="mb-1 text-data font-normal text-muted">{say('decide.what-people-said')}</h2>
          <ul className="flex flex-col gap-1.5">
            {dispute.labels.map(({ by, value: said, comment, at }) => (
              <li key={by}>
                <span className="font-medium">{said ?? say('decide.cannot-tell')}</span>{' '}
                <span className="text-muted">
                  {nameOf(by)}, <Ago at={at} />
                </span>
                {comment && <span className="block break-words">{comment}</span>}
              </li>
            ))}
          </ul>
        </section>
        <TaskView item={dispute} />
      </div>
      <aside aria-label={say('decide.what-holds')} className="flex flex-col gap-4 md:sticky md:top-6 md:self-start">
        <details className="rounded bg-sunken px-3 py-2">
          <summary className="rounded font-medium">{queue.name}</summary>
          <p className="mt-2 max-h-64 overflow-y-auto break-words whitespace-pre-wrap">{queue.guidelines}</p>
        </details>
        <ChoiceList choices={queue.choices} said={value} onSay={pick} mayPass={false} />
        <TextArea
          label={say('decide.why')}
          rows={3}
          value={reason}
          onChange={setReason}
          fieldRef={field}
          onEnter={() => isReady && decide.mutate()}
          hint={say('decide.whoever-labels-next-learns-from-it')}
        />

        {decide.error && <Trouble failure={decide.error} />}
        <div className="flex flex-wrap gap-2">
          <Button tone="primary" disabled={!isReady} busy={decide.isPending} onClick={() => decide.mutate()}>
            {say('decide.decide-next')}
          </Button>
          <Button onClick={() => onMove(1)}>{say('decide.later')}</Button>
        </div>
      </aside>
    </div>
  )
}
