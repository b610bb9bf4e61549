/** One answer at a time, by keyboard alone: a number says what it is, Enter keeps it and shows the next. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { AnnotationQueue, AnnotationTask } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { nowMs } from '../data/time.ts'
import { type KeyHelp, usePageKeys } from '../shell/keyboard.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Empty, Loaded, Trouble, Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { ChoiceList, choiceKeys, isElsewhere, type Said } from './choice-list.tsx'
import { annotationTask, annotationWork, guidelinesOf } from './queries.ts'
import { TaskView } from './task-view.tsx'
import { useTasks, type Way } from './use-tasks.ts'

const PAIR_KEYS: KeyHelp = [
  ['← or 1', say('label.a-is-better')],
  ['→ or 2', say('label.b-is-better')],
  ['3', say('label.equally-good')],
  ['4', say('label.both-bad')],
]
const KEYS: KeyHelp = [
  ['1 to 9', say('label.say-what-the-answer-is')],
  ['0', say('label.cannot-tell')],
  [say('label.enter'), say('label.keep-it-and-show-the-next')],
  [say('label.j-or'), say('label.the-next-without-a-label')],
  [say('label.k-or'), say('label.the-one-before')],
  ['c', say('label.write-a-comment-esc-leaves-it')],
]

export function LabelPage({ id }: { id: string }) {
  const queue = useQuery(guidelinesOf(id))
  // Asked beside the guidelines, not behind them.
  const way = useTasks(id)
  return (
    <Page
      title={queue.data?.kind === 'pairs' ? say('label.choose') : say('label.label')}
      crumbs={[
        { label: say('label.annotate'), href: '/annotation' },
        { label: queue.data?.name ?? say('label.queue'), href: `/annotation/${id}` },
      ]}
    >
      <Loaded query={queue} rows={10}>
        {(found) => <Labelling queue={found} way={way} />}
      </Loaded>
    </Page>
  )
}

function Labelling({ queue, way }: { queue: AnnotationQueue; way: Way }) {
  const work = useQuery(annotationWork(queue.id))
  const [kept, setKept] = useState(0)
  const task = useQuery({ ...annotationTask(way.item ?? ''), enabled: typeof way.item === 'string' })
  const { done = 0, left = 0 } = work.data ?? {}
  if (way.failure) return <Trouble failure={way.failure} again={() => way.again()} />
  if (way.item === null) return <Done queue={queue} way={way} />
  if (!task.data) return task.error ? <Trouble failure={task.error} /> : <Waiting rows={10} />
  return (
    <Label
      key={task.data.item.id}
      queue={queue}
      task={task.data}
      way={way}
      onKept={() => setKept((before) => before + 1)}
      progress={
        <Progress
          done={Math.min(done + kept, done + left)}
          total={done + left}
          label={say('label.what-you-labelled')}
        />
      }
    />
  )
}

function Label({
  queue,
  task,
  way,
  onKept,
  progress,
}: {
  queue: AnnotationQueue
  task: AnnotationTask
  way: Way
  onKept: () => void
  progress: ReactNode
}) {
  const { item, mine } = task
  const [said, pick] = useState<Said>(mine ? mine.value : undefined)
  const [comment, setComment] = useState(mine?.comment ?? '')
  const shownAt = useRef(nowMs())
  const cache = useQueryClient()
  const field = useRef<HTMLTextAreaElement>(null)
  const keep = useMutation({
    mutationFn: (value: string | null) =>
      client.labelAnnotation({
        params: { id: item.id },
        body: { value, comment, tookMs: Math.min(nowMs() - shownAt.current, 86_400_000) },
      }),
    onSuccess: (label) => {
      cache.setQueryData(annotationTask(item.id).queryKey, { ...task, mine: label })
      if (!mine) onKept()
      way.forward(false)
    },
  })
  useEffect(() => {
    // Newer browsers answer with a promise, which is no way to clean up.
    void window.scrollTo(0, 0)
  }, [])
  const save = () => {
    if (isElsewhere()) return false
    if (said === undefined || keep.isPending) return undefined
    return keep.mutate(said)
  }
  usePageKeys(queue.kind === 'pairs' ? [...PAIR_KEYS, ...KEYS.slice(1)] : KEYS, {
    ...choiceKeys(queue, pick),
    Enter: save,
    j: () => way.forward(!mine),
    ArrowDown: () => way.forward(!mine),
    k: way.back,
    ArrowUp: way.back,
    c: () => field.current?.focus(),
  })
  return (
    <div className="grid gap-x-12 gap-y-6 md:grid-cols-[minmax(0,1fr)_20rem]">
      <TaskView item={item} />
      <aside aria-label={say('label.what-is-it')} className="flex flex-col gap-4 md:sticky md:top-6 md:self-start">
        <details open className="rounded bg-sunken px-3 py-2">
          <summary className="rounded font-medium">{queue.name}</summary>
          <p className="mt-2 max-h-64 overflow-y-auto break-words whitespace-pre-wrap">{queue.guidelines}</p>
        </details>
        <ChoiceList choices={queue.choices} said={said} onSay={pick} />
        <TextArea
          label={say('label.comment')}
          rows={2}
          value={comment}
          onChange={setComment}
          fieldRef={field}
          onEnter={() => said !== undefined && keep.mutate(said)}
        />

        {keep.error && <Trouble failure={keep.error} again={() => way.forward(true)} />}
        <div className="flex flex-wrap gap-2">
          <Button
            tone="primary"
            disabled={said === undefined}
            busy={keep.isPending}
            onClick={() => said !== undefined && keep.mutate(said)}
          >
            {say('label.keep-next')}
          </Button>
          <Button onClick={() => way.forward(!mine)}>{say('label.pass-over')}</Button>
          <Button onClick={way.back}>{say('label.back')}</Button>
        </div>
        {progress}
        <p className="text-muted">
          {sayWith('label.of-press-for-the-keys', {
            kind: queue.kind === 'pairs' ? say('label.pair') : say('label.answer'),
            number: number(item.number),
            items: number(queue.progress.items),
            mine: mine && say('label.labelled-by-you-before'),
            part: <kbd className="font-mono">?</kbd>,
          })}
        </p>
      </aside>
    </div>
  )
}

function Done({ queue, way }: { queue: AnnotationQueue; way: Way }) {
  usePageKeys(KEYS, { k: way.back, ArrowUp: way.back })
  if (queue.state === 'closed')
    return (
      <Empty
        title={say('label.this-queue-is-closed')}
        action={<ButtonLink href={`/annotation/${queue.id}`}>{say('label.see-the-queue')}</ButtonLink>}
      >
        {say('label.its-labels-stay-as-they-are')}
      </Empty>
    )
  return (
    <Empty
      title={
        way.passed > 0
          ? say('label.left-that-you-passed-over', { answers: say('many.answer', { n: way.passed }) })
          : say('label.nothing-is-left-for-you-here')
      }
      action={
        <>
          {way.passed > 0 && (
            <Button tone="primary" onClick={way.again}>
              {say('label.look-at-them-again')}
            </Button>
          )}
          <ButtonLink href={`/annotation/${queue.id}`} tone={way.passed > 0 ? 'plain' : 'primary'}>
            {say('label.see-the-queue')}
          </ButtonLink>
        </>
      }
    >
      {way.passed > 0
        ? say('label.cannot-tell-is-an-answer-as-well')
        : say('label.thank-you-what-others-still-have-to')}
    </Empty>
  )
}
