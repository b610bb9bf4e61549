/** A new study: what people choose by, how many cases, who; and what it will take, before anybody is asked. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { StudyPlan } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { minutes, number, percent } from '../data/format.ts'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

/** Studies hold this many arms at most. */
const MOST_ARMS = 6

type Props = { arms: readonly string[]; reference: string; label: (arm: string) => string; onClose: () => void }

export function NewStudy({ arms: shown, reference, label, onClose }: Props) {
  const arms = [reference, ...shown.filter((arm) => arm !== reference)].slice(0, MOST_ARMS)
  const [name, setName] = useState(say('new-study.which-answer-is-better'))
  const [guidelines, setGuidelines] = useState('')
  const [most, setMost] = useState('60')
  const [doubleShare, setDoubleShare] = useState('0.3')
  const [withReference, setWithReference] = useState('no')
  const [, navigate] = useLocation()
  const cache = useQueryClient()
  const body = {
    arms,
    name,
    most: Number(most) || 1,
    doubleShare: Number(doubleShare),
    isReferenceShown: withReference === 'yes',
  }
  const plan = useQuery({
    queryKey: ['study-plan', arms, body.most, body.doubleShare],
    queryFn: async () => {
      const { body: quoted } = await client.createStudy({ body: { ...body, guidelines: '-', dryRun: true } })
      return quoted.kind === 'plan' ? quoted.plan : quoted.study.plan
    },
  })
  const make = useMutation({
    mutationFn: () => client.createStudy({ body: { ...body, guidelines } }),
    onSuccess: async ({ body: made }) => {
      await cache.invalidateQueries({ queryKey: ['annotation'] })
      if (made.kind === 'begun') navigate(`/studies/${made.study.id}`)
    },
  })
  return (
    <FormDialog
      title={say('new-study.ask-people')}
      onClose={onClose}
      doing={make}
      submit={say('new-study.begin')}
      disabled={guidelines.trim() === '' || (plan.data?.pairs ?? 0) === 0}
    >
      <p className="text-muted">{say('new-study.people-see-two-answers-to-the-same')}</p>
      <ul className="flex list-disc flex-col gap-0.5 pl-5">
        {arms.map((arm, at) => (
          <li key={arm}>
            {label(arm)}
            {at === 0 && <span className="text-muted">{say('new-study.held-against')}</span>}
          </li>
        ))}
      </ul>
      <TextField label={say('new-study.question-to-people')} value={name} onChange={setName} required />
      <TextArea
        label={say('new-study.guidelines')}
        rows={4}
        minLength={1}
        value={guidelines}
        onChange={setGuidelines}
        hint={say('new-study.what-makes-an-answer-better-and-what')}
      />
      <div className="grid gap-4 md:grid-cols-2">
        <TextField
          label={say('new-study.cases')}
          type="number"
          min={1}
          max={2000}
          value={most}
          onChange={setMost}
          hint={say('new-study.drawn-by-chance')}
        />
        <Choice
          label={say('new-study.seen-by-two-people')}
          value={doubleShare}
          onChange={setDoubleShare}
          options={[
            ['0', 'none'],
            ['0.3', say('new-study.three-in-ten-pairs')],
            ['1', say('new-study.every-pair')],
          ]}
        />
      </div>
      <Choice
        label={say('new-study.reference-answer')}
        value={withReference}
        onChange={setWithReference}
        options={[
          ['no', say('new-study.is-not-shown')],
          ['yes', say('new-study.stands-beside-the-pair')],
        ]}
      />
      {plan.error ? <Trouble failure={plan.error} /> : plan.data && <PlanWords plan={plan.data} />}
    </FormDialog>
  )
}

function PlanWords({ plan }: { plan: StudyPlan }) {
  const { cases, pairs, same, labels, minutes: taken, detectableDifference, failed } = plan
  if (pairs === 0)
    return (
      <p className="text-inconclusive">
        {same > 0
          ? say('new-study.all-of-answers-are-the-same', { pairs: say('many.pair', { n: same }) })
          : say('new-study.no-case-was-answered-by-every-one')}
      </p>
    )
  return (
    <p className="text-muted">
      {say('new-study.of-about-of-all-people-together', {
        pairs: say('many.pair', { n: pairs }),
        cases: say('many.case', { n: cases }),
        choices: say('many.choice', { n: labels }),
        taken: minutes(taken),
        same: same > 0 && say('new-study.pairs-are-the-same-and-count-as', { same: number(same) }),
        failed: failed > 0 && say('new-study.cases-lack-an-answer-and-are-left', { failed: number(failed) }),
        detectableDifference:
          detectableDifference !== null &&
          say('new-study.it-would-show-a-difference-of-of', { detectableDifference: percent(detectableDifference, 0) }),
      })}
    </p>
  )
}
