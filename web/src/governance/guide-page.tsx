/** The guided plan: one step at a time, every answer kept as it is given, and advice while one answers. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { client } from '../data/client.ts'
import { Button } from '../ui/button.tsx'
import { Explained } from '../ui/explained.tsx'
import { Page } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { BeginPart } from './begin-part.tsx'
import { GuideFieldInput } from './guide-field.tsx'
import {
  type Answers,
  askedAdvice,
  assessmentQuestions,
  type Guide,
  guide,
  type Idea,
  idea,
  type QuestionPack,
} from './queries.ts'

const CRUMBS = [{ label: say('guide.ideas'), href: '/ideas' }]
/** An answer is sent when nobody typed for so long. */
const REST_MS = 500
/** Somebody needs about so many seconds for a field. */
const FIELD_SECONDS = 20

export function GuidePage({ id }: { id: string }) {
  const texts = useQuery(guide)
  const questions = useQuery(assessmentQuestions)
  const query = useQuery({ ...idea(id), refetchOnWindowFocus: false })
  return (
    <Page title={query.data?.idea.title ?? say('guide.plan')} crumbs={CRUMBS}>
      <Loaded query={texts}>
        {(found) => (
          <Loaded query={questions}>
            {(pack) => (
              <Loaded query={query}>
                {({ idea: one }) => <Flow key={one.id} found={found} pack={pack} one={one} />}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

function Flow({ found, pack, one }: { found: Guide; pack: QuestionPack; one: Idea }) {
  const [search, setSearch] = useSearchParams()
  const at = Math.max(
    0,
    found.steps.findIndex(({ id }) => id === search.get('step')),
  )
  const step = found.steps[at]
  const { answers, change, state, failure } = useKept(one)
  const filled = found.steps.flatMap(({ fields }) => fields).filter(({ id }) => isFilled(answers[id])).length
  const heading = useRef<HTMLHeadingElement>(null)
  const go = (to: number) => {
    const next = found.steps[to]
    if (next) setSearch({ step: next.id })
    heading.current?.focus()
  }
  if (!step) return null
  const left = Math.ceil(((found.fields - filled) * FIELD_SECONDS) / 60)
  return (
    <>
      <ol aria-label={say('guide.steps')} className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-data">
        {found.steps.map(({ id, title }, index) => (
          <li key={id}>
            <button
              type="button"
              aria-current={index === at ? 'step' : undefined}
              className={`min-h-8 border-b-2 px-0.5 ${index === at ? 'border-accent font-medium' : 'border-transparent text-muted hover:text-text'}`}
              onClick={() => go(index)}
            >
              {index + 1} {title}
            </button>
          </li>
        ))}
      </ol>
      <p className="mb-6 flex flex-wrap items-center gap-x-3 text-muted" role="status">
        <progress
          className="h-1.5 w-40 accent-(--accent)"
          value={filled}
          max={found.fields}
          aria-label={say('guide.fields-that-are-filled-in')}
        />
        {[
          say('guide.of-fields', { filled, fields: found.fields }),
          ...(left > 0 ? [say('guide.about-min-left', { left })] : []),
          state,
        ].join(' · ')}
      </p>
      {failure !== null && <Trouble failure={failure} />}
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            go(at + 1)
          }}
        >
          <h2 ref={heading} tabIndex={-1} className="text-title">
            {step.title}
          </h2>
          <p className="mb-5 text-prose text-muted">
            <Explained text={step.says} />
          </p>
          {step.fields.length === 0 ? (
            <BeginPart idea={one} answers={answers} filled={filled} of={found.fields} />
          ) : (
            <div className="flex flex-col gap-6">
              {step.fields.map((field) => (
                <GuideFieldInput
                  key={field.id}
                  field={field}
                  question={pack.questions.find(({ id }) => id === field.question)}
                  answer={answers[field.id]}
                  onChange={(answer) => change(field.id, answer)}
                />
              ))}
            </div>
          )}
          <div className="mt-8 flex gap-2">
            {at > 0 && <Button onClick={() => go(at - 1)}>{say('guide.back')}</Button>}
            {at < found.steps.length - 1 && (
              <Button type="submit" tone="primary">
                {say('guide.next')}
              </Button>
            )}
          </div>
        </form>
        <Suggestion answers={answers} pack={pack} />
      </div>
    </>
  )
}

const isFilled = (answer: Answers[string] | undefined): boolean =>
  answer !== undefined && answer !== null && answer !== ''

/** Answers as they are typed; each goes to the server after a short rest, and when the page is left. */
function useKept(one: Idea) {
  const [answers, setAnswers] = useState<Answers>({ title: one.title, ...one.answers })
  const waiting = useRef<Answers>({})
  const timer = useRef<number | undefined>(undefined)
  const cache = useQueryClient()
  const save = useMutation({
    mutationFn: (some: Answers) => client.updateIdea({ params: { id: one.id }, body: { answers: some } }),
    onSuccess: (saved) => cache.setQueryData(idea(one.id).queryKey, (before) => before && { ...before, idea: saved }),
    onError: (_, some) => {
      // What could not be sent goes with the next answer.
      waiting.current = { ...some, ...waiting.current }
    },
  })
  const send = () => {
    window.clearTimeout(timer.current)
    if (Object.keys(waiting.current).length === 0) return
    const some = waiting.current
    waiting.current = {}
    save.mutate(some)
  }
  const last = useRef(send)
  last.current = send
  useEffect(() => {
    const leave = () => last.current()
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
  return {
    answers,
    state: save.isPending ? say('guide.saving') : save.error ? say('guide.not-saved-yet') : say('guide.saved'),
    failure: save.error,
    change(id: string, answer: string | number | null) {
      setAnswers((before) => ({ ...before, [id]: answer }))
      waiting.current = { ...waiting.current, [id]: answer === '' ? null : answer }
      window.clearTimeout(timer.current)
      timer.current = window.setTimeout(() => last.current(), REST_MS)
    },
  }
}

/** What the answers so far speak for. */
function Suggestion({ answers, pack }: { answers: Answers; pack: QuestionPack }) {
  const asked = Object.fromEntries(
    pack.questions.flatMap(({ id }) => (isFilled(answers[id]) ? [[id, answers[id] ?? null]] : [])),
  )
  const { data } = useQuery(askedAdvice(asked, asked))
  if (!data) return null
  const { rules, says, tests } = data.advice
  return (
    <aside aria-label={say('guide.what-your-answers-speak-for')} className="lg:sticky lg:top-4 lg:self-start">
      <h2 className="mb-1 text-prose">{say('guide.what-your-answers-speak-for')}</h2>
      <p className="text-muted">
        <Explained text={says} />
      </p>
      <ul className="mt-3 flex flex-col gap-3">
        {rules.slice(0, 4).map(({ id, recommend, reason }) => (
          <li key={id}>
            <Explained text={recommend} />{' '}
            <span className="text-muted">
              <Explained text={reason} />
            </span>{' '}
            <span className="font-mono text-[0.75rem] text-muted">{id}</span>
          </li>
        ))}
      </ul>
      {rules.length > 4 && (
        <p className="mt-3 text-muted">{say('guide.and-more-all-on-the-last', { rules: rules.length - 4 })}</p>
      )}
      {tests.length > 0 && <p className="mt-3 text-muted">{say('guide.things-to-find-out', { n: tests.length })}</p>}
    </aside>
  )
}
