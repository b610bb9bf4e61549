/** A new study: what people choose by, how many cases, who; and what it will take, before anybody is asked. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { StudyPlan } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { many, minutes, number, percent } from '../data/format.ts'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Trouble } from '../ui/states.tsx'

/** Studies hold this many arms at most. */
const MOST_ARMS = 6

type Props = { arms: readonly string[]; reference: string; label: (arm: string) => string; onClose: () => void }

export function NewStudy({ arms: shown, reference, label, onClose }: Props) {
  const arms = [reference, ...shown.filter((arm) => arm !== reference)].slice(0, MOST_ARMS)
  const [name, setName] = useState('Which answer is better?')
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
      title="Ask people"
      onClose={onClose}
      doing={make}
      submit="Begin"
      disabled={guidelines.trim() === '' || (plan.data?.pairs ?? 0) === 0}
    >
      <p className="text-muted">
        People see two answers to the same question side by side, without knowing whose they are, and choose. Nobody
        sees who is ahead until you close it.
      </p>
      <ul className="flex list-disc flex-col gap-0.5 pl-5">
        {arms.map((arm, at) => (
          <li key={arm}>
            {label(arm)}
            {at === 0 && <span className="text-muted">, held against</span>}
          </li>
        ))}
      </ul>
      <TextField label="Question to people" value={name} onChange={setName} required />
      <TextArea
        label="Guidelines"
        rows={4}
        minLength={1}
        value={guidelines}
        onChange={setGuidelines}
        hint="What makes an answer better, and what does not count. They stand beside every pair."
      />
      <div className="grid gap-4 md:grid-cols-2">
        <TextField
          label="Cases"
          type="number"
          min={1}
          max={2000}
          value={most}
          onChange={setMost}
          hint="Drawn by chance."
        />
        <Choice
          label="Seen by two people"
          value={doubleShare}
          onChange={setDoubleShare}
          options={[
            ['0', 'none'],
            ['0.3', 'three in ten pairs'],
            ['1', 'every pair'],
          ]}
        />
      </div>
      <Choice
        label="Reference answer"
        value={withReference}
        onChange={setWithReference}
        options={[
          ['no', 'is not shown'],
          ['yes', 'stands beside the pair'],
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
        {same > 0 ? `All ${many(same, 'pair')} of answers are the same.` : 'No case was answered by every one of them.'}
      </p>
    )
  return (
    <p className="text-muted">
      {many(pairs, 'pair')} of {many(cases, 'case')}, {many(labels, 'choice')}: about {minutes(taken)} of all people
      together.
      {same > 0 && ` ${number(same)} pairs are the same and count as ties.`}
      {failed > 0 && ` ${number(failed)} cases lack an answer and are left out.`}
      {detectableDifference !== null &&
        ` It would show a difference of ${percent(detectableDifference, 0)} of the cases or more.`}
    </p>
  )
}
