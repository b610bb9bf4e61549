/** What people differ on, one answer at a time: what each said and why, and the decision of somebody else. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { AnnotationQueue } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { me, useNames } from '../data/queries.ts'
import { type KeyHelp, usePageKeys } from '../shell/keyboard.ts'
import { Ago } from '../ui/bits.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { ChoiceList, choiceKeys, isElsewhere } from './choice-list.tsx'
import { guidelinesOf } from './queries.ts'
import { TaskView } from './task-view.tsx'

const KEYS: KeyHelp = [
  ['1 to 9', 'say what holds'],
  ['c', 'write why; Esc leaves it'],
  ['Enter', 'keep the decision and show the next'],
  ['j or ↓', 'the next'],
  ['k or ↑', 'the one before'],
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
      title="Decide"
      crumbs={[
        { label: 'Annotate', href: '/annotation' },
        { label: queue.data?.name ?? 'queue', href: `/annotation/${id}` },
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
        title={mine > 0 ? 'Others have to decide' : 'People differ on nothing'}
        action={<ButtonLink href={`/annotation/${queue.id}`}>See the queue</ButtonLink>}
      >
        {mine > 0
          ? `You labelled the ${many(mine, 'answer')} that people differ on. Whoever decides must have labelled none of them.`
          : 'Where all labels of an answer are in and they differ, it comes here, and somebody who did not label it says what holds.'}
      </Empty>
    )
  return (
    <>
      <p className="mb-4 text-muted">
        {at + 1} of {many(theirs.length, 'answer')}
        {mine > 0 && `, and ${mine} more that you labelled yourself`}
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
        <section aria-label="What people said">
          <h2 className="mb-1 text-data font-normal text-muted">What people said</h2>
          <ul className="flex flex-col gap-1.5">
            {dispute.labels.map(({ by, value: said, comment, at }) => (
              <li key={by}>
                <span className="font-medium">{said ?? 'cannot tell'}</span>{' '}
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
      <aside aria-label="What holds?" className="flex flex-col gap-4 md:sticky md:top-6 md:self-start">
        <details className="rounded bg-sunken px-3 py-2">
          <summary className="rounded font-medium">{queue.name}</summary>
          <p className="mt-2 max-h-64 overflow-y-auto break-words whitespace-pre-wrap">{queue.guidelines}</p>
        </details>
        <ChoiceList choices={queue.choices} said={value} onSay={pick} mayPass={false} />
        <TextArea
          label="Why"
          rows={3}
          value={reason}
          onChange={setReason}
          fieldRef={field}
          onEnter={() => isReady && decide.mutate()}
          hint="Whoever labels next learns from it."
        />

        {decide.error && <Trouble failure={decide.error} />}
        <div className="flex flex-wrap gap-2">
          <Button tone="primary" disabled={!isReady} busy={decide.isPending} onClick={() => decide.mutate()}>
            Decide, next
          </Button>
          <Button onClick={() => onMove(1)}>Later</Button>
        </div>
      </aside>
    </div>
  )
}
