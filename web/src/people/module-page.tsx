/** One module: its text, then its questions; what was wrong is explained. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { type Attempt, type TrainingModule, trainingModules } from './queries.ts'

export function ModulePage({ id }: { id: string }) {
  const query = useQuery(trainingModules)
  const title = query.data?.items.find((one) => one.id === id)?.title ?? say('module.training')
  return (
    <Page title={title} crumbs={[{ label: say('module.training'), href: '/training' }]}>
      <Loaded query={query}>
        {({ items }) => {
          const found = items.find((one) => one.id === id)
          return found ? (
            <Read module={found} />
          ) : (
            <Empty title={say('module.there-is-no-such-module')}>{say('module.choose-one-of-the-list')}</Empty>
          )
        }}
      </Loaded>
    </Page>
  )
}

const Read = ({ module }: { module: TrainingModule }) => (
  <>
    <Lead>{module.says}</Lead>
    {module.sections.map(({ title, text }) => (
      <Section key={title} title={title}>
        {text.map((one) => (
          <p key={one} className="prose-width mb-2 text-prose">
            {one}
          </p>
        ))}
      </Section>
    ))}
    <Quiz module={module} />
  </>
)

function Quiz({ module: { id, questions } }: { module: TrainingModule }) {
  const [answers, setAnswers] = useState<Readonly<Record<string, number>>>({})
  const [done, setDone] = useState<Attempt | undefined>()
  const cache = useQueryClient()
  const take = useMutation({
    mutationFn: () => client.takeQuiz({ params: { id }, body: { answers } }),
    onSuccess: async (attempt) => {
      setDone(attempt)
      await cache.invalidateQueries({ queryKey: ['training'] })
    },
  })
  const isWhole = questions.every((question) => answers[question.id] !== undefined)
  return (
    <Section title={say('module.questions')} note={say('module.four-of-five-are-enough')}>
      <form
        className="prose-width flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault()
          take.mutate()
        }}
      >
        {questions.map((question) => {
          const marked = done?.marked.find((one) => one.id === question.id)
          return (
            <fieldset key={question.id}>
              <legend className="mb-1.5 font-medium">{question.ask}</legend>
              {question.options.map((option, at) => (
                <label key={option} className="flex min-h-8 items-center gap-2">
                  <input
                    type="radio"
                    name={question.id}
                    checked={answers[question.id] === at}
                    onChange={() => {
                      setDone(undefined)
                      setAnswers({ ...answers, [question.id]: at })
                    }}
                  />
                  {option}
                </label>
              ))}
              {marked && (
                <p className={marked.isRight ? 'text-pass' : 'text-fail'}>
                  {marked.isRight ? say('module.right') : say('module.not-right')}
                  <span className="text-text">{marked.because}</span>
                </p>
              )}
            </fieldset>
          )
        })}
        {take.error && <Trouble failure={take.error} />}
        {done && (
          <p role="status" className="text-prose font-medium">
            {done.isPassed
              ? say('module.passed-with-it-is-on-record', { score: Math.round(done.score * 100) })
              : say('module.it-takes-80-change-what-was', { score: Math.round(done.score * 100) })}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="primary" busy={take.isPending} disabled={!isWhole}>
            {isWhole ? say('module.answer') : say('module.answer-all-first', { questions: questions.length })}
          </Button>
          <ButtonLink href="/training">{say('module.all-modules')}</ButtonLink>
        </div>
      </form>
    </Section>
  )
}
