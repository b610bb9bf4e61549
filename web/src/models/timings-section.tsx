/** Models measured in each way of asking them: one by one, as a stream, many at a time, and as a batch. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { duration, money, number } from '../data/format.ts'
import { modelTimings } from '../data/model-queries.ts'
import { useMay } from '../data/queries.ts'
import type { ModelTiming } from '../data/shapes.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { stateWord } from '../words/states.ts'

type Mode = NonNullable<ModelTiming['modes']>[number]
const WAYS: Readonly<Record<Mode['mode'], string>> = {
  chat: say('timings-section.one-by-one'),
  stream: say('timings-section.one-by-one-as-it-comes'),
  concurrent: say('timings-section.many-at-a-time'),
  batch: say('timings-section.as-a-batch'),
}
const SHOWN = 5

type Of = { application: string; suite: string; models: readonly string[] }

export function TimingsSection({ application, suite, models }: Of) {
  const query = useQuery(modelTimings(application))
  const [asking, setAsking] = useState(false)
  const may = useMay()
  return (
    <Section
      title={say('timings-section.ways-of-asking')}
      count={query.data?.items.length ?? 0}
      note={say('timings-section.measured-here-on-own-questions-what-a')}
      {...(may('build') && {
        actions: <Button onClick={() => setAsking(true)}>{say('timings-section.measure-a-model')}</Button>,
      })}
    >
      <Loaded query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{say('timings-section.no-model-was-measured-in-its-ways')}</p>
          ) : (
            <div className="flex flex-col gap-6">
              {items.slice(0, SHOWN).map((timing) => (
                <TimingTable key={timing.id} timing={timing} />
              ))}
            </div>
          )
        }
      </Loaded>
      {asking && (
        <MeasureDialog application={application} suite={suite} models={models} onClose={() => setAsking(false)} />
      )}
    </Section>
  )
}

function TimingTable({ timing: { model, suite, questions, state, error, modes, createdAt } }: { timing: ModelTiming }) {
  return (
    <div>
      <p className="mb-1 break-words">
        <span className="font-medium">{model}</span>{' '}
        <span className="text-muted">
          {sayWith('timings-section.of-the-suite', {
            questions: say('many.question', { n: questions }),
            suite,
            when: <Ago at={createdAt} />,
          })}
        </span>{' '}
        {modes === null && <Tag>{stateWord(state)}</Tag>}
      </p>
      {error !== null && <p className="break-words text-fail">{error}</p>}
      {modes !== null && (
        <Scrollable className="overflow-x-auto">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('timings-section.asked')}</th>
                <th scope="col" className="num">
                  {say('timings-section.time-of-an-answer')}
                </th>
                <th scope="col" className="num wide">
                  {say('timings-section.first-token')}
                </th>
                <th scope="col" className="num">
                  {say('timings-section.answers-a-minute')}
                </th>
                <th scope="col" className="num wide">
                  {say('timings-section.tokens-a-second')}
                </th>
                <th scope="col" className="num">
                  {say('timings-section.cost-of-an-answer')}
                </th>
              </tr>
            </thead>
            <tbody>
              {modes.map((mode) => (
                <ModeRow key={mode.mode} mode={mode} />
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
    </div>
  )
}

function ModeRow({ mode }: { mode: Mode }) {
  const { asked, errors, problem, atATime, wallMs, latencyMs, firstTokenMs } = mode
  return (
    <tr>
      <td className="min-w-32">
        {WAYS[mode.mode]}
        {mode.mode === 'concurrent' && ` (${atATime})`}
        <p className="text-muted">{sayWith('timings-section.in', { asked, wallMs: duration(wallMs) })}</p>
        {problem !== null && (
          <p className="break-words text-fail">
            {say('many.error', { n: errors })}: {problem}
          </p>
        )}
      </td>
      <td className="num">
        <Time times={latencyMs} />
      </td>
      <td className="num wide">
        <Time times={firstTokenMs} />
      </td>
      <td className="num">
        {mode.answersPerMinute === null ? say('timings-section.none') : number(mode.answersPerMinute)}
      </td>
      <td className="num wide">
        {mode.tokensPerSecond === null ? say('timings-section.none') : number(mode.tokensPerSecond)}
      </td>
      <td className="num">{money(mode.costMicroUsd)}</td>
    </tr>
  )
}

/** The median, with its interval and n below it. */
function Time({ times }: { times: Mode['latencyMs'] }) {
  if (times === null) return <span className="text-muted">{say('timings-section.does-not-apply')}</span>
  const { median, interval, n } = times
  return (
    <>
      {duration(median)}
      <p className="whitespace-nowrap text-muted">
        {duration(interval.low)} – {duration(interval.high)}, n {n}
      </p>
    </>
  )
}

const SETS = [
  ['chat,stream,concurrent', say('timings-section.one-by-one-as-a-stream-many')],
  ['chat,stream,concurrent,batch', say('timings-section.all-of-them-a-batch-of-the')],
  ['batch', say('timings-section.a-batch-of-the-provider-alone')],
] as const

function MeasureDialog({ application, suite, models, onClose }: Of & { onClose: () => void }) {
  const [model, setModel] = useState(models[0] ?? '')
  const [questions, setQuestions] = useState('20')
  const [set, setSet] = useState<string>(SETS[0][0])
  const cache = useQueryClient()
  const params = { name: application }
  const body = { model, suite, questions: Number(questions), modes: set.split(',') as Mode['mode'][] }
  const quote = useQuery({
    queryKey: ['quote', 'timing', application, body],
    queryFn: async () => {
      const answer = (await client.startModelTiming({ params, body: { ...body, dryRun: true } })).body
      return answer.kind === 'quote' ? answer : undefined
    },
    enabled: /^[^/]+\/.+/.test(model) && Number(questions) > 0,
    retry: false,
  })
  const start = useMutation({
    mutationFn: () => client.startModelTiming({ params, body }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['job'] })
      onClose()
    },
  })
  const doing = { mutate: start.mutate, isPending: start.isPending, error: start.error ?? quote.error }
  return (
    <FormDialog
      title={say('timings-section.measure-a-model')}
      submit={say('timings-section.measure-it')}
      onClose={onClose}
      doing={doing}
      disabled={!quote.data}
    >
      <TextField
        label={say('timings-section.model')}
        hint={say('timings-section.as-provider-model')}
        value={model}
        onChange={setModel}
        required
      />
      <TextField
        label={say('timings-section.questions-of-the-suite-at-most', { suite })}
        hint={say('timings-section.as-they-stand-without-the-prompt-and')}
        type="number"
        min={1}
        max={1000}
        value={questions}
        onChange={setQuestions}
      />
      <Choice label={say('timings-section.ways-of-asking')} value={set} onChange={setSet} options={SETS} />
      {quote.data && (
        <p className="text-muted">
          {say('many.answer', { n: quote.data.calls })},{' '}
          {quote.data.costMicroUsd === null
            ? say('timings-section.for-a-price-that-is-not-known')
            : say('timings-section.for-about', { costMicroUsd: money(quote.data.costMicroUsd) })}
          .
        </p>
      )}
    </FormDialog>
  )
}
