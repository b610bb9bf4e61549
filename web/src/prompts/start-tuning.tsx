/** Tries variants of a prompt: what it would take first, then the run. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { many, money } from '../data/format.ts'
import { release as releaseOf } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'

/** @param newest id of the release whose prompts are tuned; one without a suite has nothing to tune by */
export function StartTuning({ name, newest }: { name: string; newest: string }) {
  const [asking, setAsking] = useState(false)
  const release = useQuery(releaseOf(newest)).data
  if (!release || release.manifest.suites.length === 0) return null
  return (
    <>
      <Button onClick={() => setAsking(true)}>Tune</Button>
      {asking && <TuningDialog name={name} release={release} onClose={() => setAsking(false)} />}
    </>
  )
}

function TuningDialog({ name, release, onClose }: { name: string; release: ServedRelease; onClose: () => void }) {
  const { manifest } = release
  const [suite, setSuite] = useState(manifest.suites[0]?.name ?? '')
  const [prompt, setPrompt] = useState(manifest.prompts[0]?.name ?? '')
  const [budget, setBudget] = useState('100')
  const [temperatures, setTemperatures] = useState('')
  const [proposer, setProposer] = useState('')
  const [count, setCount] = useState('4')
  const [task, setTask] = useState('')
  const [, navigate] = useLocation()
  const sweep = sweepOf(temperatures)
  const calls = Number(budget)
  const isWhole = Number.isInteger(calls) && calls > 0
  const params = { id: release.id }
  const body = { suite, prompt, budget: calls, sweep, ...proposerOf({ model: proposer, count, task }) }
  const quote = useQuery({
    queryKey: ['quote', 'tuning', release.id, body],
    queryFn: async () => {
      const answer = (await client.startTuning({ params, body: { ...body, dryRun: true } })).body
      return answer.kind === 'quote' ? answer : undefined
    },
    enabled: suite !== '' && prompt !== '' && isWhole,
    retry: false,
  })
  const start = useMutation({
    mutationFn: () => client.startTuning({ params, body }),
    onSuccess: ({ body: made }) => {
      if (made.kind === 'started') navigate(`/applications/${name}/tunings/${made.id}`)
    },
  })
  return (
    <Dialog title={`Tune a prompt of r${release.number}`} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p className="text-muted">
          Variants of the prompt are held against each other on the build split, and on no other case.
        </p>
        <Choice
          label="Prompt"
          value={prompt}
          onChange={setPrompt}
          options={manifest.prompts.map((one) => [one.name, one.name] as const)}
        />
        <Choice
          label="By the suite"
          value={suite}
          onChange={setSuite}
          options={manifest.suites.map((one) => [one.name, `${one.name}, by ${one.primary}`] as const)}
        />
        <TextField
          label="At most so many questions to models"
          hint="Answers, what a judge is asked about them, and what is asked of a model that proposes."
          type="number"
          min={1}
          value={budget}
          onChange={setBudget}
        />
        <TextField
          label="Temperatures to try"
          hint="Such as 0, 0.7; each with every variant. Leave it empty to keep the parameters."
          value={temperatures}
          onChange={setTemperatures}
        />
        <TextField
          label="A model that proposes instructions"
          hint="As provider/model. It is shown the prompt and its worst answers on the build split. Leave it empty to try the built-in instructions and examples alone."
          value={proposer}
          onChange={setProposer}
        />
        {proposer.trim() !== '' && (
          <>
            <TextField label="Proposals" type="number" min={1} max={12} value={count} onChange={setCount} />
            <TextField
              label="What the application is for"
              hint="In a sentence or two, for the model that proposes. Left empty it is told what the suite says of itself."
              value={task}
              onChange={setTask}
            />
          </>
        )}
        {quote.data && <Quoted {...quote.data} />}
        {(quote.error ?? start.error) && <Trouble failure={quote.error ?? start.error} />}
        <div className="flex gap-2">
          <Button tone="primary" busy={start.isPending} disabled={!quote.data} onClick={() => start.mutate()}>
            Try them
          </Button>
          <Button onClick={onClose}>Not now</Button>
        </div>
      </div>
    </Dialog>
  )
}

type Quote = Extract<Awaited<ReturnType<typeof client.startTuning>>['body'], { kind: 'quote' }>

function Quoted({ variants, examples, calls, rounds, questions, costMicroUsd }: Quote) {
  const others = [
    ...(questions.judge > 0 ? [`${questions.judge} of them to a judge`] : []),
    ...(questions.proposer > 0 ? [`at most ${questions.proposer} to the model that proposes`] : []),
  ]
  return (
    <p className="min-h-5 text-muted">
      {many(variants, 'variant')} on up to {many(examples, 'case')}: {many(calls, 'question')} in{' '}
      {many(rounds.length, 'round')}
      {others.map((part) => `, ${part}`)},{' '}
      {costMicroUsd === null ? 'for a price that is not known' : `for about ${money(costMicroUsd)}`}.
    </p>
  )
}

function proposerOf({ model, count, task }: { model: string; count: string; task: string }) {
  if (model.trim() === '') return {}
  return { proposer: { model: model.trim(), count: Number(count), ...(task.trim() !== '' && { task: task.trim() }) } }
}

function sweepOf(temperatures: string): Record<string, number[]> {
  const values = temperatures
    .split(/[,;\s]+/)
    .filter((word) => word !== '')
    .map(Number)
    .filter((value) => Number.isFinite(value))
  return values.length === 0 ? {} : { temperature: values }
}
