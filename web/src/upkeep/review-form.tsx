/** The quarterly review: the figures of the day beside a field for each part, then the decision. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { linesOf } from '../people/people-page.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextArea } from '../ui/field.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { type Review, reviewSheet } from './queries.ts'

type Part = keyof Review['notes']
const PARTS: readonly (readonly [Part, string])[] = [
  ['kpis', say('review-form.kpis')],
  ['risks', say('review-form.risks-and-incidents')],
  ['access', say('review-form.access')],
  ['waivers', say('review-form.waivers')],
  ['cost', say('review-form.cost-and-return')],
]

export function ReviewForm({ name, onClose }: { name: string; onClose: () => void }) {
  const sheet = useQuery(reviewSheet(name))
  const [notes, setNotes] = useState<Partial<Record<Part, string>>>({})
  const [decision, setDecision] = useState<NonNullable<Review['decision']>>('keep')
  const [reasons, setReasons] = useState('')
  const [people, setPeople] = useState('')
  const [actions, setActions] = useState('')
  const cache = useQueryClient()
  const hold = useMutation({
    mutationFn: () =>
      client.holdReview({
        params: { name },
        body: { notes, decision, reasons, people: linesOf(people), actions: linesOf(actions).map(actionOf) },
      }),
    onSuccess: async () => {
      await Promise.all(
        ['review', say('review-form.upkeep')].map((key) => cache.invalidateQueries({ queryKey: [key] })),
      )
      onClose()
    },
  })
  return (
    <Dialog title={say('review-form.quarterly-review')} onClose={onClose} width="max-w-[44rem]">
      <Loaded query={sheet}>
        {({ figures }) => (
          <form
            className="flex flex-col gap-5"
            onSubmit={(event) => {
              event.preventDefault()
              hold.mutate()
            }}
          >
            {PARTS.map(([part, label]) => (
              <div key={part}>
                <ul className="mb-1 text-muted">
                  {figures[part].map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
                <TextArea
                  label={label}
                  hint={say('review-form.what-was-said-of-it-a')}
                  rows={2}
                  value={notes[part] ?? ''}
                  onChange={(text) => setNotes({ ...notes, [part]: text })}
                />
              </div>
            ))}
            <Choice
              label={say('review-form.decision')}
              value={decision}
              onChange={(value) => setDecision(value as typeof decision)}
              options={[
                ['keep', say('review-form.keep-it-as-it-is')],
                ['change', say('review-form.change-it')],
                ['retire', say('review-form.end-it')],
              ]}
            />
            <TextArea label={say('review-form.reasons')} value={reasons} onChange={setReasons} minLength={10} />
            <TextArea
              label={say('review-form.who-took-part')}
              hint={say('review-form.one-name-a-line')}
              rows={2}
              value={people}
              onChange={setPeople}
            />
            <TextArea
              label={say('review-form.what-was-agreed')}
              hint={say('review-form.one-a-line-what-who-by')}
              rows={3}
              value={actions}
              onChange={setActions}
            />
            {hold.error && <Trouble failure={hold.error} />}
            <div className="flex gap-2">
              <Button type="submit" tone="primary" busy={hold.isPending}>
                {say('review-form.sign-it-as-business-owner')}
              </Button>
              <Button onClick={onClose}>{say('review-form.not-now')}</Button>
            </div>
          </form>
        )}
      </Loaded>
    </Dialog>
  )
}

function actionOf(line: string) {
  const [text = '', owner = '', day = ''] = line.split(';').map((part) => part.trim())
  return { text, owner, dueOn: day === '' ? null : day }
}
