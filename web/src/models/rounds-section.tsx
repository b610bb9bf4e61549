/** Rounds in which a model was chosen and adapted: what was kept in each, what came of it, and what led to the next. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { inUnit, many } from '../data/format.ts'
import { modelRounds } from '../data/model-queries.ts'
import { useMay, useNames } from '../data/queries.ts'
import type { ModelRound, RoundStepAsk } from '../data/shapes.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'

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
        Say what was adapted
      </Button>
      <Button tone="quiet" onClick={() => setAsked('close')}>
        Close round {open.number}
      </Button>
    </>
  ) : (
    <Button onClick={() => setAsked('open')}>Open a round</Button>
  )
  return (
    <Section
      title={`Rounds of ${application}`}
      count={query.data?.items.length ?? 0}
      note="What was looked at, measured and tuned in each, as it stood then."
      {...(may('build') && { actions })}
    >
      {add.error && <Trouble failure={add.error} />}
      <Loaded query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">No round was opened yet. Open one to keep how the model comes to be chosen.</p>
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
        Round {number}: {title}{' '}
        <Tag tone={outcome === null ? 'text-text' : 'text-muted'}>{outcome === null ? 'open' : outcome.kind}</Tag>
      </p>
      <p className="text-muted">
        Opened by {nameOf(createdBy)} <Ago at={createdAt} />.{ledBy !== null && ` What led to it: ${ledBy}`}
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
  if (step.kind === 'adaptation') return <>Adapted: {step.what}</>
  if (step.kind === 'shortlist')
    return (
      <>
        <TextLink href={`/shortlists/${step.shortlist}`}>{step.title}</TextLink>:{' '}
        {step.chosen === null ? `${step.left.length} of ${step.looked} models left` : `${step.chosen} was chosen`}.
      </>
    )
  if (step.kind === 'tuning') {
    const score = ({ mean }: { mean: number | null }) => (mean === null ? 'no score' : inUnit(mean, step.unit))
    return (
      <>
        Tuned {step.prompt} by {step.evaluator}, {many(step.calls, 'question')}: {score(step.present)} as it was,{' '}
        {score(step.best)} with “{step.best.title}”.
      </>
    )
  }
  const { suite, evaluator, unit, items, weighing } = step
  return (
    <>
      Compared on {suite} by {evaluator}:{' '}
      {items
        .map(({ model, quality, difference }) => {
          const value = quality.value === null ? 'no score' : inUnit(quality.value, unit ?? '')
          return `${model} ${value} (n ${quality.n}${difference ? `, ${difference.verdict}` : ''})`
        })
        .join('; ')}
      .{' '}
      {weighing &&
        (weighing.clear === null ? 'By the weights the lead is open.' : `By the weights ${weighing.clear} leads.`)}
    </>
  )
}

const OUTCOMES = [
  ['chosen', 'another model was chosen'],
  ['kept', 'the present model stays'],
  ['adapted', 'the same model, adapted'],
  ['dropped', 'nothing came of it'],
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
    open: { title: 'Open a round', submit: 'Open it', ask: `What led to it, after round ${newest?.number ?? 0}` },
    adapt: { title: 'What was adapted', submit: 'Keep it', ask: 'What was changed, and what for' },
    close: { title: `Close round ${newest?.number ?? ''}`, submit: 'Close it', ask: 'Why' },
  }[asked]
  return (
    <FormDialog title={words.title} submit={words.submit} onClose={onClose} doing={act}>
      {asked === 'open' && <TextField label="What it is about" value={title} onChange={setTitle} required />}
      {asked === 'close' && (
        <>
          <Choice
            label="What came of it"
            value={kind}
            onChange={(value) => setKind(value as typeof kind)}
            options={OUTCOMES}
          />
          <TextField
            label="Model"
            hint="As provider/model."
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
