/** The assessment beside what it speaks for: change an answer and see what changes, before anything is kept. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Command, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PlanPage } from './plan-frame.tsx'
import {
  type Advice,
  type Answers,
  advice,
  askedAdvice,
  assessmentQuestions,
  type Difference,
  type QuestionPack,
} from './queries.ts'
import { QuestionField } from './question-field.tsx'
import { RuleRow, Tried } from './rule-row.tsx'

export function AdvicePage({ name }: { name: string }) {
  const questions = useQuery(assessmentQuestions)
  const query = useQuery(advice(name))
  return (
    <PlanPage name={name} title={say('advice.advice')}>
      <Loaded query={questions} rows={12}>
        {(pack) => (
          <Loaded query={query} rows={12}>
            {({ answers, advice: kept, tried }) => (
              <Assessment key={JSON.stringify(answers)} {...{ name, pack, saved: answers, kept, tried }} />
            )}
          </Loaded>
        )}
      </Loaded>
    </PlanPage>
  )
}

type Kept = Awaited<ReturnType<typeof client.getAdvice>>

function Assessment({
  name,
  pack,
  saved,
  kept,
  tried,
}: {
  name: string
  pack: QuestionPack
  saved: Answers
  kept: Advice
  tried: Kept['tried']
}) {
  const [answers, setAnswers] = useState<Answers>(saved)
  const cache = useQueryClient()
  const isChanged = JSON.stringify(answers) !== JSON.stringify(saved)
  const asked = useQuery({ ...askedAdvice(answers, saved), enabled: isChanged })
  const shown = isChanged && asked.data ? asked.data.advice : kept
  const difference = isChanged ? (asked.data?.difference ?? null) : null
  const mayBuild = useMay()('build')
  const keep = useMutation({
    mutationFn: () =>
      client.putDocument({
        params: { name, document: 'assessment' },
        body: { value: { answers: Object.fromEntries(Object.entries(answers).filter(([, one]) => one !== null)) } },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['application'] }),
  })
  const done = pack.questions.filter(({ id }) => answers[id] !== undefined && answers[id] !== null).length
  return (
    <>
      <Lead>{shown.says}</Lead>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div>
          <Section
            title={say('advice.your-answers')}
            count={done}
            note={say('advice.of-i-do-not-know-is', { questions: pack.questions.length })}
          >
            {pack.dimensions.map((dimension) => (
              <Dimension
                key={dimension.id}
                dimension={dimension}
                questions={pack.questions.filter((one) => one.dimension === dimension.id)}
                answers={answers}
                disabled={!mayBuild}
                onChange={(id, answer) => setAnswers({ ...answers, [id]: answer })}
              />
            ))}
          </Section>
        </div>
        <div className="order-first min-w-0 lg:order-none">
          <div className="lg:sticky lg:top-4 lg:max-h-[calc(100vh-2rem)] lg:overflow-y-auto lg:pr-2">
            {isChanged && (
              <section
                aria-label={say('advice.what-your-change-changes')}
                aria-live="polite"
                className="mb-6 rounded border border-accent bg-accent-soft px-4 py-3"
              >
                <Changed difference={difference} />
                {keep.error && <Trouble failure={keep.error} />}
                <div className="mt-2 flex flex-wrap gap-2">
                  <Button tone="primary" busy={keep.isPending} onClick={() => keep.mutate()}>
                    {say('advice.keep-these-answers')}
                  </Button>
                  <Button onClick={() => setAnswers(saved)}>{say('advice.take-back')}</Button>
                </div>
              </section>
            )}
            <Section
              title={say('advice.advice')}
              count={shown.rules.length}
              note={say('advice.at-least-cases-to-test-it', {
                minimumCases: shown.minimumCases,
                leastSaid:
                  shown.slices.least > 1
                    ? say('advice.in-slices-of-or-more', {
                        least: shown.slices.least,
                        casesEach: shown.slices.casesEach,
                      })
                    : '',
              })}
            >
              {shown.conflicts.length > 0 && (
                <ul className="mb-4 flex flex-col gap-1.5">
                  {shown.conflicts.map(({ rules, says }) => (
                    <li key={rules.join()} className="prose-width border-l-2 border-current pl-2.5 text-stale">
                      {says}
                    </li>
                  ))}
                </ul>
              )}
              <ul>
                {shown.rules.map((rule) => (
                  <RuleRow
                    key={rule.id}
                    rule={rule}
                    questions={pack.questions}
                    application={name}
                    isNew={difference?.added.includes(rule.id) ?? false}
                    canTry={mayBuild && !isChanged}
                  />
                ))}
              </ul>
            </Section>
            <More shown={shown} tried={tried} />
            <p className="prose-width mt-6 text-muted">
              {say('advice.rules-of', { version: shown.pack.version, asOf: shown.pack.asOf })}
              {shown.pack.isOld && <Tag tone="text-stale">{say('advice.past-their-day-of-review')}</Tag>}.{' '}
              {shown.pack.note}
            </p>
            <div className="mt-2">
              <Command text={`airworthy advisor ${name}`} />
            </div>
          </div>
        </div>
      </div>
    </>
  )
}

function Dimension({
  dimension,
  questions,
  answers,
  disabled,
  onChange,
}: {
  dimension: QuestionPack['dimensions'][number]
  questions: QuestionPack['questions']
  answers: Answers
  disabled: boolean
  onChange: (id: string, answer: string | number | null) => void
}) {
  const done = questions.filter(({ id }) => answers[id] !== undefined && answers[id] !== null).length
  return (
    <details className="border-t border-line py-2 first-of-type:border-0" open={dimension.id === 'domain'}>
      <summary className="flex min-h-8 items-center gap-2 rounded">
        <h3 className="font-medium">{dimension.title}</h3>
        <span className="min-w-0 flex-1 truncate text-muted">{dimension.says}</span>
        <span className="text-muted">
          {done}/{questions.length}
        </span>
      </summary>
      <div className="flex flex-col gap-5 pt-2 pb-4">
        {questions.map((question) => (
          <QuestionField
            key={question.id}
            question={question}
            answer={answers[question.id]}
            disabled={disabled}
            onChange={(answer) => onChange(question.id, answer)}
          />
        ))}
      </div>
    </details>
  )
}

function Changed({ difference }: { difference: Difference | null }) {
  if (!difference) return <p>{say('advice.asking')}</p>
  const { added, removed, checksAdded, checksRemoved, answerChanged } = difference
  const none = added.length + removed.length === 0 && !answerChanged
  return (
    <p className="prose-width">
      {none && say('advice.your-change-decides-nothing-yet')}
      {answerChanged && say('advice.the-answer-to-the-whole-question')}
      {added.length > 0 && say('advice.new-advice', { added: added.join(', ') })}
      {removed.length > 0 && say('advice.no-longer', { removed: removed.join(', ') })}
      {checksAdded.length > 0 && say('advice.it-now-rests-on-the-checks', { checksAdded: checksAdded.join(', ') })}
      {checksRemoved.length > 0 && say('advice.no-longer-on', { checksRemoved: checksRemoved.join(', ') })}
    </p>
  )
}

function More({ shown, tried }: { shown: Advice; tried: Kept['tried'] }) {
  return (
    <>
      {shown.tests.length > 0 && (
        <Section title={say('advice.find-out')} count={shown.tests.length}>
          <ul className="flex flex-col gap-1.5">
            {shown.tests.map(({ question, label, test }) => (
              <li key={question} className="prose-width">
                {label} <span className="text-muted">{test}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {shown.ask.length > 0 && (
        <Section title={say('advice.answer-next')}>
          <ul className="flex flex-col gap-1">
            {shown.ask.slice(0, 3).map(({ question, label, rules }) => (
              <li key={question} className="prose-width">
                {label} <span className="text-muted">{say('advice.it-decides', { rules: rules.join(', ') })}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {tried.length > 0 && (
        <Section title={say('advice.tried-on-your-cases')} count={tried.length}>
          <Tried items={tried} />
        </Section>
      )}
    </>
  )
}
