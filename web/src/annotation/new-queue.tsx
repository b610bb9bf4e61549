/** A new queue: which answers, what is asked of people, and what they may say. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { minutes } from '../data/format.ts'
import { experiments } from '../data/queries.ts'
import { shortTime } from '../data/time.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { type ChoiceRow, ChoiceRows, isUsable, RIGHT_OR_WRONG } from './choice-rows.tsx'

/** What one label takes a person, as a first guess. */
const SECONDS_A_LABEL = 30

type Props = { experiment?: string | undefined; application?: string | undefined; onClose: () => void }

export function NewQueue({ experiment: given, application, onClose }: Props) {
  const ran = useQuery(experiments(application ? { application } : {})).data?.items ?? []
  const usable = ran.filter(({ state }) => state === 'succeeded')
  const [asked, setAsked] = useState(given ?? '')
  const experiment = usable.find(({ id }) => id === asked) ?? usable[0]
  const [arm, setArm] = useState('candidate')
  const [most, setMost] = useState('200')
  const [name, setName] = useState(say('new-queue.is-the-answer-right'))
  const [guidelines, setGuidelines] = useState('')
  const [choices, setChoices] = useState<readonly ChoiceRow[]>(RIGHT_OR_WRONG)
  const [isOrdered, setOrdered] = useState(false)
  const [people, setPeople] = useState('2')
  const [feeds, setFeeds] = useState<'none' | 'bad' | 'all'>('none')
  const [, navigate] = useLocation()
  const cache = useQueryClient()
  const make = useMutation({
    mutationFn: async () => {
      if (!experiment) throw new Error(say('new-queue.there-is-no-experiment-to-take-answers'))
      return client.createAnnotationQueue({
        body: {
          application: experiment.application,
          name,
          data: experiment.dataset,
          guidelines,
          choices: choices.map(({ key: _, ...choice }) => choice),
          isOrdered,
          labelsPerItem: Number(people),
          feeds,
          from: { experiment: experiment.id, arm, most: Number(most) },
        },
      })
    },
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['annotation'] })
      navigate(`/annotation/${id}`)
    },
  })
  const labels = Math.min(Number(most) || 0, experiment?.registered?.n ?? Number.POSITIVE_INFINITY)
  return (
    <Dialog title={say('new-queue.new-queue')} onClose={onClose} width="max-w-[42rem]">
      {usable.length === 0 ? (
        <p className="text-muted">{say('new-queue.answers-come-from-an-experiment-and-none')}</p>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate()
          }}
        >
          <Choice
            label={say('new-queue.answers-of')}
            value={experiment?.id ?? ''}
            onChange={setAsked}
            options={usable.map(
              (one) => [one.id, `${one.application}, ${one.suite}, ${shortTime(one.createdAt)}`] as const,
            )}
          />
          <div className="grid gap-4 md:grid-cols-2">
            <Choice
              label={say('new-queue.by')}
              value={arm}
              onChange={setArm}
              options={(experiment?.arms ?? []).map((one) => [one.arm, one.label] as const)}
            />
            <TextField
              label={say('new-queue.how-many')}
              type="number"
              min={1}
              max={100_000}
              value={most}
              onChange={setMost}
              hint={say('new-queue.drawn-by-chance')}
            />
          </div>
          <TextField label={say('new-queue.question-to-people')} value={name} onChange={setName} required />
          <TextArea
            label={say('new-queue.guidelines')}
            rows={5}
            minLength={1}
            value={guidelines}
            onChange={setGuidelines}
            hint={say('new-queue.what-decides-what-does-not-and-two')}
          />
          <ChoiceRows rows={choices} onChange={setChoices} isOrdered={isOrdered} onOrdered={setOrdered} />
          <Choice
            label={say('new-queue.people-for-each-answer')}
            value={people}
            onChange={setPeople}
            options={[
              ['1', say('new-queue.one-quick-and-nobody-knows-how-far')],
              ['2', say('new-queue.two-needed-to-hold-a-judge-against')],
              ['3', say('new-queue.three-most-decide')],
            ]}
          />
          <Choice
            label={say('new-queue.answers-that-users-speak-of')}
            value={feeds}
            onChange={(value) => setFeeds(value as typeof feeds)}
            options={[
              ['none', say('new-queue.are-left-out')],
              ['bad', say('new-queue.come-in-by-themselves-when-users-call')],
              ['all', say('new-queue.come-in-by-themselves-whatever-users-say')],
            ]}
          />
          {make.error && <Trouble failure={make.error} />}
          <div className="flex items-center gap-3">
            <Button
              type="submit"
              tone="primary"
              busy={make.isPending}
              disabled={!isUsable(choices) || guidelines.trim() === ''}
            >
              {say('new-queue.make-it')}
            </Button>
            {labels > 0 && (
              <span className="text-muted">
                {say('new-queue.about-for-each-person', { labels: minutes((labels * SECONDS_A_LABEL) / 60) })}
              </span>
            )}
          </div>
        </form>
      )}
    </Dialog>
  )
}
