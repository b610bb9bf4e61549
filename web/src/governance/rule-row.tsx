/** One rule that fired: what to do, why, on what that rests, what it takes, and what would show that it is wrong. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
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
        {isNew && <Tag tone="text-accent">new</Tag>}
        {rule.safeguard && <Tag>safeguard</Tag>}
        {rule.state === 'assumed' && <Tag tone="text-stale">until it is known</Tag>}
        {rule.stance === 'avoid' && <Tag>advice against</Tag>}
      </div>
      <p className="prose-width mt-1">{rule.recommend}</p>
      <p className="prose-width text-muted">{rule.reason}</p>
      <p className="mt-1 text-muted">
        Confidence {rule.confidence.level}, from {rule.confidence.rests}. {rule.confidence.says} {rule.effort.says}
      </p>
      <details className="mt-1">
        <summary className="w-fit rounded text-muted underline">Why, sources and how to refute it</summary>
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
  if (rule.because.length === 0) return <p>It holds while nothing else is known.</p>
  return (
    <div>
      <p className="font-medium">It rests on your answers</p>
      <ul>
        {rule.because.map(({ question, answer }) => {
          const asked = questions.find(({ id }) => id === question)
          const said = asked?.options.find(({ value }) => value === answer)?.label ?? answer
          return (
            <li key={question} className="text-muted">
              {asked?.label ?? question}{' '}
              <span className="text-text">{said === 'unknown' ? 'I do not know' : said}</span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const Sources = ({ rule }: { rule: RuleAdvice }) => (
  <div>
    <p className="font-medium">Sources</p>
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
            , {source.authors}, {source.year}. {source.note} Relevance {source.relevance}, authority {source.authority},
            recency {source.recency}, accuracy {source.accuracy} of 5;{' '}
            {source.opened
              ? `opened ${source.opened}${source.where ? `: ${source.where}` : ''}`
              : 'not opened for this version'}
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
      <p className="font-medium">What would show that it is wrong</p>
      <p className="text-muted">
        Compare {experiment.control} with {experiment.candidate}, on at least {experiment.minimumCases} cases, by{' '}
        {experiment.measure}. It is refuted when {experiment.refutedWhen}.
      </p>
      {experiment.variant === 'another-model' && canTry && (
        <div className="mt-2 max-w-72">
          <TextField label="The other model" hint="provider/model" value={model} onChange={setModel} />
        </div>
      )}
      {start.error && <Trouble failure={start.error} />}
      <div className="mt-2">
        {experiment.variant === null ? (
          <p className="text-muted">People have to build the other side first.</p>
        ) : (
          canTry && (
            <Button busy={start.isPending} onClick={() => start.mutate()}>
              Try it on my cases
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
          <TextLink href={`/experiments/${experiment}`}>the paired experiment</TextLink>, in{' '}
          <TextLink href={`/applications/${variant}`}>{variant}</TextLink>
        </li>
      ))}
    </ul>
  )
}
