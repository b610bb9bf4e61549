/** Tries variants of a prompt: what it would take first, then the run. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { money } from '../data/format.ts'
import { release as releaseOf } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

/** @param newest id of the release whose prompts are tuned; one without a suite has nothing to tune by */
export function StartTuning({ name, newest }: { name: string; newest: string }) {
  const [asking, setAsking] = useState(false)
  const release = useQuery(releaseOf(newest)).data
  if (!release || release.manifest.suites.length === 0) return null
  return (
    <>
      <Button onClick={() => setAsking(true)}>{say('start-tuning.tune')}</Button>
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
    <Dialog title={say('start-tuning.tune-a-prompt-of-r', { number: release.number })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p className="text-muted">{say('start-tuning.variants-of-the-prompt-are-held-against')}</p>
        <Choice
          label={say('start-tuning.prompt')}
          value={prompt}
          onChange={setPrompt}
          options={manifest.prompts.map((one) => [one.name, one.name] as const)}
        />
        <Choice
          label={say('start-tuning.by-the-suite')}
          value={suite}
          onChange={setSuite}
          options={manifest.suites.map((one) => [one.name, `${one.name}, by ${one.primary}`] as const)}
        />
        <TextField
          label={say('start-tuning.at-most-so-many-questions-to-models')}
          hint={say('start-tuning.answers-what-a-judge-is-asked-about')}
          type="number"
          min={1}
          value={budget}
          onChange={setBudget}
        />
        <TextField
          label={say('start-tuning.temperatures-to-try')}
          hint={say('start-tuning.such-as-0-0-7-each-with')}
          value={temperatures}
          onChange={setTemperatures}
        />
        <TextField
          label={say('start-tuning.a-model-that-proposes-instructions')}
          hint={say('start-tuning.as-provider-model-it-is-shown-the')}
          value={proposer}
          onChange={setProposer}
        />
        {proposer.trim() !== '' && (
          <>
            <TextField
              label={say('start-tuning.proposals')}
              type="number"
              min={1}
              max={12}
              value={count}
              onChange={setCount}
            />
            <TextField
              label={say('start-tuning.what-the-application-is-for')}
              hint={say('start-tuning.in-a-sentence-or-two-for-the')}
              value={task}
              onChange={setTask}
            />
          </>
        )}
        {quote.data && <Quoted {...quote.data} />}
        {(quote.error ?? start.error) && <Trouble failure={quote.error ?? start.error} />}
        <div className="flex gap-2">
          <Button tone="primary" busy={start.isPending} disabled={!quote.data} onClick={() => start.mutate()}>
            {say('start-tuning.try-them')}
          </Button>
          <Button onClick={onClose}>{say('start-tuning.not-now')}</Button>
        </div>
      </div>
    </Dialog>
  )
}

type Quote = Extract<Awaited<ReturnType<typeof client.startTuning>>['body'], { kind: 'quote' }>

function Quoted({ variants, examples, calls, rounds, questions, costMicroUsd }: Quote) {
  const others = [
    ...(questions.judge > 0 ? [say('start-tuning.of-them-to-a-judge', { judge: questions.judge })] : []),
    ...(questions.proposer > 0
      ? [say('start-tuning.at-most-to-the-model-that-proposes', { proposer: questions.proposer })]
      : []),
  ]
  return (
    <p className="min-h-5 text-muted">
      {sayWith('start-tuning.on-up-to-in', {
        variants: say('many.variant', { n: variants }),
        cases: say('many.case', { n: examples }),
        questions: say('many.question', { n: calls }),
        rounds: say('many.round', { n: rounds.length }),
        others: others.map((part) => `, ${part}`),
        costMicroUsd:
          costMicroUsd === null
            ? say('start-tuning.for-a-price-that-is-not-known')
            : say('start-tuning.for-about', { costMicroUsd: money(costMicroUsd) }),
      })}
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
