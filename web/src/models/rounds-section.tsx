/** Rounds in which a model was chosen and adapted: what was kept in each, what came of it, and what led to the next. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { inUnit } from '../data/format.ts'
import { modelRounds } from '../data/model-queries.ts'
import { useMay, useNames } from '../data/queries.ts'
import type { ModelRound, RoundStepAsk } from '../data/shapes.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

/** What the page at hand could keep in the open round. */
type Keep = { readonly label: string; readonly step: RoundStepAsk }

export function RoundsSection({ application, keep }: { application: string; keep?: Keep }) {
  const query = useQuery(modelRounds(application))
  const [asked, setAsked] = useState<'open' | 'adapt' | 'close'>()
  const cache = useQueryClient()
  const may = useMay()
  const [newest] = query.data?.items ?? []
  const open = newest?.outcome === null ? newest : undefined
  const add = useMutation({
    mutationFn: (step: RoundStepAsk) =>
      client.addToModelRound({ params: { id: open?.id ?? ('' as never) }, body: step }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['model-round'] }),
  })
  const actions = open ? (
    <>
      {keep && (
        <Button busy={add.isPending} onClick={() => add.mutate(keep.step)}>
          {keep.label}
        </Button>
      )}
      <Button tone="quiet" onClick={() => setAsked('adapt')}>
        {say('rounds-section.say-what-was-adapted')}
      </Button>
      <Button tone="quiet" onClick={() => setAsked('close')}>
        {say('rounds-section.close-round', { number: open.number })}
      </Button>
    </>
  ) : (
    <Button onClick={() => setAsked('open')}>{say('rounds-section.open-a-round')}</Button>
  )
  return (
    <Section
      title={say('rounds-section.rounds-of', { application })}
      count={query.data?.items.length ?? 0}
      note={say('rounds-section.what-was-looked-at-measured-and-tuned')}
      {...(may('build') && { actions })}
    >
      {add.error && <Trouble failure={add.error} />}
      <Loaded query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{say('rounds-section.no-round-was-opened-yet-open-one')}</p>
          ) : (
            <ol className="flex flex-col gap-6">
              {items.map((round) => (
                <RoundRow key={round.id} round={round} />
              ))}
            </ol>
          )
        }
      </Loaded>
      {asked && (
        <RoundDialog
          application={application}
          asked={asked}
          newest={newest}
          onKeep={add.mutate}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Section>
  )
}

function RoundRow({ round: { number, title, ledBy, steps, outcome, createdBy, createdAt } }: { round: ModelRound }) {
  const nameOf = useNames()
  return (
    <li>
      <p className="font-medium">
        {sayWith('rounds-section.round', {
          number,
          title,
          outcome: (
            <Tag tone={outcome === null ? 'text-text' : 'text-muted'}>
              {outcome === null ? say('rounds-section.open') : outcome.kind}
            </Tag>
          ),
        })}
      </p>
      <p className="text-muted">
        {sayWith('rounds-section.opened-by', {
          createdBy: nameOf(createdBy),
          when: <Ago at={createdAt} />,
          ledBy: ledBy !== null && say('rounds-section.what-led-to-it', { ledBy }),
        })}
      </p>
      {steps.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {steps.map((step) => (
            <li key={`${step.kind} ${step.at}`} className="break-words">
              <StepLine step={step} /> <span className="text-muted">{nameOf(step.by)}, </span>
              <Ago at={step.at} />
            </li>
          ))}
        </ul>
      )}
      {outcome !== null && (
        <p className="mt-1 break-words">
          {outcome.model !== null && `${outcome.model}. `}
          {outcome.reason} <span className="text-muted">{nameOf(outcome.by)}, </span>
          <Ago at={outcome.at} />
        </p>
      )}
    </li>
  )
}

function StepLine({ step }: { step: ModelRound['steps'][number] }) {
  if (step.kind === 'adaptation') return <>{sayWith('rounds-section.adapted', { what: step.what })}</>
  if (step.kind === 'shortlist')
    return (
      <>
        <TextLink href={`/shortlists/${step.shortlist}`}>{step.title}</TextLink>:{' '}
        {step.chosen === null
          ? say('rounds-section.of-models-left', { left: step.left.length, looked: step.looked })
          : say('rounds-section.was-chosen', { chosen: step.chosen })}
        .
      </>
    )
  if (step.kind === 'tuning') {
    const score = ({ mean }: { mean: number | null }) =>
      mean === null ? say('rounds-section.no-score') : inUnit(mean, step.unit)
    return (
      <>
        {sayWith('rounds-section.tuned-by-as-it-was-with', {
          prompt: step.prompt,
          evaluator: step.evaluator,
          questions: say('many.question', { n: step.calls }),
          score: score(step.present),
          score2: score(step.best),
          title: step.best.title,
        })}
      </>
    )
  }
  const { suite, evaluator, unit, items, weighing } = step
  return (
    <>
      {sayWith('rounds-section.compared-on-by', {
        suite,
        evaluator,
        items: items
          .map(({ model, quality, difference }) => {
            const value = quality.value === null ? say('rounds-section.no-score') : inUnit(quality.value, unit ?? '')
            return `${model} ${value} (n ${quality.n}${difference ? `, ${difference.verdict}` : ''})`
          })
          .join('; '),
        weighing:
          weighing &&
          (weighing.clear === null
            ? say('rounds-section.by-the-weights-the-lead-is-open')
            : say('rounds-section.by-the-weights-leads', { clear: weighing.clear })),
      })}
    </>
  )
}

const OUTCOMES = [
  ['chosen', say('rounds-section.another-model-was-chosen')],
  ['kept', say('rounds-section.the-present-model-stays')],
  ['adapted', say('rounds-section.the-same-model-adapted')],
  ['dropped', say('rounds-section.nothing-came-of-it')],
] as const

function RoundDialog({
  application,
  asked,
  newest,
  onKeep,
  onClose,
}: {
  application: string
  asked: 'open' | 'adapt' | 'close'
  newest: ModelRound | undefined
  onKeep: (step: RoundStepAsk) => void
  onClose: () => void
}) {
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [kind, setKind] = useState<(typeof OUTCOMES)[number][0]>('kept')
  const [model, setModel] = useState('')
  const cache = useQueryClient()
  const act = useMutation({
    mutationFn: async () => {
      if (asked === 'adapt') return onKeep({ kind: 'adaptation', what: text })
      if (asked === 'open') {
        const body = { title, ...(newest && { ledBy: text }) }
        await client.openModelRound({ params: { name: application }, body })
      } else if (newest) {
        const body = { kind, reason: text, ...(model !== '' && { model }) }
        await client.closeModelRound({ params: { id: newest.id }, body })
      }
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['model-round'] })
      onClose()
    },
  })
  const words = {
    open: {
      title: say('rounds-section.open-a-round'),
      submit: say('rounds-section.open-it'),
      ask: say('rounds-section.what-led-to-it-after-round', { number: newest?.number ?? 0 }),
    },
    adapt: {
      title: say('rounds-section.what-was-adapted'),
      submit: say('rounds-section.keep-it'),
      ask: say('rounds-section.what-was-changed-and-what-for'),
    },
    close: {
      title: say('rounds-section.close-round', { number: newest?.number ?? '' }),
      submit: say('rounds-section.close-it'),
      ask: say('rounds-section.why'),
    },
  }[asked]
  return (
    <FormDialog title={words.title} submit={words.submit} onClose={onClose} doing={act}>
      {asked === 'open' && (
        <TextField label={say('rounds-section.what-it-is-about')} value={title} onChange={setTitle} required />
      )}
      {asked === 'close' && (
        <>
          <Choice
            label={say('rounds-section.what-came-of-it')}
            value={kind}
            onChange={(value) => setKind(value as typeof kind)}
            options={OUTCOMES}
          />
          <TextField
            label={say('rounds-section.model')}
            hint={say('rounds-section.as-provider-model')}
            value={model}
            onChange={setModel}
            required={kind === 'chosen'}
          />
        </>
      )}
      {(asked !== 'open' || newest) && <TextArea label={words.ask} value={text} onChange={setText} minLength={10} />}
    </FormDialog>
  )
}
