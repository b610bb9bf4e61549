/** Holds a judge against people: which labelled answers, how many times it is asked, and how far that is. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { AnnotationQueue, JudgeState } from '../../../sdk/index.ts'
import { annotationQueues } from '../annotation/queries.ts'
import { client } from '../data/client.ts'
import { minutes, money, number } from '../data/format.ts'
import { job, releases } from '../data/queries.ts'
import { Button, ButtonLink, Price } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice } from '../ui/field.tsx'
import { Progress } from '../ui/progress.tsx'
import { Trouble, Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

/** What the catalogue asks of a calibration. */
const LABELS = 100
const TWICE = 50

export function StartCalibration({ name, judge, onClose }: { name: string; judge: JudgeState; onClose: () => void }) {
  const queues = useQuery(annotationQueues(name))
  const newest = useQuery(releases(name)).data?.items[0]
  const usable = queues.data?.items.filter(isUsable) ?? []
  const [asked, choose] = useState<string>()
  const queue = usable.find(({ id }) => id === asked) ?? usable[0]
  const ask = { params: { id: newest?.id ?? '' }, body: { judge: judge.digest, queue: queue?.id ?? '' } }
  const quote = useQuery({
    queryKey: ['quote', 'calibration', ask],
    queryFn: async () => (await client.runCalibration({ ...ask, body: { ...ask.body, dryRun: true } })).body.quote,
    enabled: newest !== undefined && queue !== undefined,
  })
  const start = useMutation({
    mutationFn: async () => {
      const { body } = await client.runCalibration(ask)
      if (body.kind !== 'started') throw new Error(say('start-calibration.it-was-not-begun'))
      return body
    },
  })
  return (
    <Dialog title={say('start-calibration.hold-against-people')} onClose={onClose}>
      {queues.isPending ? (
        <Waiting rows={3} />
      ) : !queue ? (
        <div className="flex flex-col items-start gap-3">
          <p className="prose-width">
            {sayWith('start-calibration.there-are-no-labelled-answers-yet-people', { labels: LABELS, twice: TWICE })}
          </p>
          <ButtonLink tone="primary" href={`/annotation?application=${name}`}>
            {say('start-calibration.make-a-queue')}
          </ButtonLink>
        </div>
      ) : start.data ? (
        <Running id={start.data.job} onClose={onClose} />
      ) : (
        <div className="flex flex-col gap-4">
          <Choice
            label={say('start-calibration.answers-that-people-labelled')}
            value={queue.id}
            onChange={choose}
            options={usable.map((one) => [one.id, `${one.name}, on ${one.data}`] as const)}
          />
          <p className="text-muted">{whatItTakes(queue)}</p>
          {quote.data && (
            <p className="min-h-10 text-muted">
              {sayWith('start-calibration.about', {
                calls: say('many.call', { n: quote.data.calls }),
                answers: say('many.answer', { n: quote.data.answers }),
                basis: quote.data.basis,
              })}
            </p>
          )}
          {(quote.error ?? start.error) && <Trouble failure={quote.error ?? start.error} />}
          <div className="flex gap-2">
            <Button tone="primary" busy={start.isPending} disabled={!newest} onClick={() => start.mutate()}>
              {sayWith('start-calibration.ask-the-judge', {
                data: quote.data && (
                  <Price>
                    {money(quote.data.costMicroUsd)} · {minutes(quote.data.minutes)}
                  </Price>
                ),
              })}
            </Button>
            <Button onClick={onClose}>{say('start-calibration.not-now')}</Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}

const isUsable = ({ choices, progress }: AnnotationQueue): boolean =>
  progress.labels > 0 && choices.some(({ isGood }) => isGood === true) && choices.some(({ isGood }) => isGood === false)

function whatItTakes({ progress: { complete, disputed }, labelsPerItem }: AnnotationQueue): string {
  const twice = labelsPerItem >= 2 ? complete : 0
  return [
    complete < LABELS
      ? say('start-calibration.of-that-a-gate-asks-for-are', {
          answers: say('many.answer', { n: complete }),
          labels: LABELS,
        })
      : say('start-calibration.answers-are-complete-which-is-enough', { complete: number(complete) }),
    ...(twice < TWICE ? [say('start-calibration.of-have-labels-of-two-people', { twice, twice2: TWICE })] : []),
    ...(disputed > 0 ? [say('start-calibration.people-differ-on-those-count-for-nothing', { disputed })] : []),
  ].join(' ')
}

function Running({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(job(id))
  const cache = useQueryClient()
  const state = query.data?.state
  useEffect(() => {
    if (state === 'succeeded') void cache.invalidateQueries({ queryKey: ['calibration'] })
  }, [state, cache])
  if (query.error) return <Trouble failure={query.error} />
  if (state === 'failed') return <p className="text-fail">{query.data?.error}</p>
  if (state === 'succeeded')
    return (
      <div className="flex flex-col items-start gap-3">
        <p>{say('start-calibration.done-what-came-of-it-stands-on')}</p>
        <Button tone="primary" onClick={onClose}>
          {say('start-calibration.see-it')}
        </Button>
      </div>
    )
  const { done = 0, total = null } = query.data?.progress ?? {}
  return (
    <>
      <p>{say('start-calibration.it-is-being-asked-you-may-close')}</p>
      <Progress done={done} total={total} label={say('start-calibration.answers-judged')} />
    </>
  )
}
