/** One rule that fired: what to do, why, on what that rests, what it takes, and what would show that it is wrong. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import type { Question, RuleAdvice } from './queries.ts'

export function RuleRow({
  rule,
  questions,
  application,
  isNew,
  canTry,
}: {
  rule: RuleAdvice
  questions: readonly Question[]
  application: string
  isNew: boolean
  canTry: boolean
}) {
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span className="font-mono text-[0.75rem] text-muted">{rule.id}</span>
        <h3 className="text-prose font-medium">{rule.title}</h3>
        {isNew && <Tag tone="text-accent">{say('rule-row.new')}</Tag>}
        {rule.safeguard && <Tag>{say('rule-row.safeguard')}</Tag>}
        {rule.state === 'assumed' && <Tag tone="text-stale">{say('rule-row.until-it-is-known')}</Tag>}
        {rule.stance === 'avoid' && <Tag>{say('rule-row.advice-against')}</Tag>}
      </div>
      <p className="prose-width mt-1">{rule.recommend}</p>
      <p className="prose-width text-muted">{rule.reason}</p>
      <p className="mt-1 text-muted">
        {say('rule-row.confidence-from', {
          level: rule.confidence.level,
          rests: rule.confidence.rests,
          says: rule.confidence.says,
          says2: rule.effort.says,
        })}
      </p>
      <details className="mt-1">
        <summary className="w-fit rounded text-muted underline">
          {say('rule-row.why-sources-and-how-to-refute')}
        </summary>
        <div className="mt-2 flex flex-col gap-3 border-l border-line pl-3">
          <Because rule={rule} questions={questions} />
          <Sources rule={rule} />
          {rule.experiment && <Experiment rule={rule} application={application} canTry={canTry} />}
        </div>
      </details>
    </li>
  )
}

function Because({ rule, questions }: { rule: RuleAdvice; questions: readonly Question[] }) {
  if (rule.because.length === 0) return <p>{say('rule-row.it-holds-while-nothing-else-is')}</p>
  return (
    <div>
      <p className="font-medium">{say('rule-row.it-rests-on-your-answers')}</p>
      <ul>
        {rule.because.map(({ question, answer }) => {
          const asked = questions.find(({ id }) => id === question)
          const said = asked?.options.find(({ value }) => value === answer)?.label ?? answer
          return (
            <li key={question} className="text-muted">
              {asked?.label ?? question}{' '}
              <span className="text-text">{said === 'unknown' ? say('rule-row.i-do-not-know') : said}</span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const Sources = ({ rule }: { rule: RuleAdvice }) => (
  <div>
    <p className="font-medium">{say('rule-row.sources')}</p>
    <ul className="flex flex-col gap-1.5">
      {rule.sources.map((source) => (
        <li key={source.id} className="prose-width">
          {source.url ? (
            <a href={source.url} rel="noreferrer" target="_blank" className="underline">
              {source.title}
            </a>
          ) : (
            source.title
          )}
          <span className="text-muted">
            {say('rule-row.relevance-authority-recency-accuracy-of-5', {
              authors: source.authors,
              year: source.year,
              note: source.note,
              relevance: source.relevance,
              authority: source.authority,
              recency: source.recency,
              accuracy: source.accuracy,
            })}{' '}
            {source.opened
              ? say('rule-row.opened', { opened: source.opened, whereSaid: source.where ? `: ${source.where}` : '' })
              : say('rule-row.not-opened-for-this-version')}
            .
          </span>
        </li>
      ))}
    </ul>
  </div>
)

function Experiment({ rule, application, canTry }: { rule: RuleAdvice; application: string; canTry: boolean }) {
  const [model, setModel] = useState('')
  const [, go] = useLocation()
  const cache = useQueryClient()
  const start = useMutation({
    mutationFn: () =>
      client.tryAdvice({ params: { name: application, rule: rule.id }, body: model === '' ? {} : { model } }),
    onSuccess: async ({ experiment }) => {
      await cache.invalidateQueries({ queryKey: ['application'] })
      go(`/experiments/${experiment}`)
    },
  })
  const { experiment } = rule
  if (!experiment) return null
  return (
    <div className="prose-width">
      <p className="font-medium">{say('rule-row.what-would-show-that-it-is')}</p>
      <p className="text-muted">
        {say('rule-row.compare-with-on-at-least-cases', {
          control: experiment.control,
          candidate: experiment.candidate,
          minimumCases: experiment.minimumCases,
          measure: experiment.measure,
          refutedWhen: experiment.refutedWhen,
        })}
      </p>
      {experiment.variant === 'another-model' && canTry && (
        <div className="mt-2 max-w-72">
          <TextField
            label={say('rule-row.the-other-model')}
            hint={say('rule-row.provider-model')}
            value={model}
            onChange={setModel}
          />
        </div>
      )}
      {start.error && <Trouble failure={start.error} />}
      <div className="mt-2">
        {experiment.variant === null ? (
          <p className="text-muted">{say('rule-row.people-have-to-build-the-other')}</p>
        ) : (
          canTry && (
            <Button busy={start.isPending} onClick={() => start.mutate()}>
              {say('rule-row.try-it-on-my-cases')}
            </Button>
          )
        )}
      </div>
    </div>
  )
}

/** Where rules were tried on this application. */
export function Tried({
  items,
}: {
  items: readonly { id: string; rule: string; experiment: string; variant: string }[]
}) {
  return (
    <ul>
      {items.map(({ id, rule, experiment, variant }) => (
        <li key={id}>
          <span className="font-mono text-[0.75rem] text-muted">{rule}</span>{' '}
          <TextLink href={`/experiments/${experiment}`}>{say('rule-row.the-paired-experiment')}</TextLink>
          {say('rule-row.in')} <TextLink href={`/applications/${variant}`}>{variant}</TextLink>
        </li>
      ))}
    </ul>
  )
}
