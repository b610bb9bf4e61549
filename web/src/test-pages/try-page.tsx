/** The page behind the link of a test page, for people without an account: what they are told, and a conversation. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { keyed } from '../data/keyed.ts'
import { shortTime } from '../data/time.ts'
import { Logo } from '../shell/logo.tsx'
import { Button } from '../ui/button.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { RateAnswer } from './rate-answer.tsx'

type View = Awaited<ReturnType<Client['readTestPage']>>
type Answer = Awaited<ReturnType<Client['askTestPage']>>
type Exchange = { question: string; answer: Answer }

/** The conversation goes on from so many exchanges; older ones are left behind. */
const REMEMBERED = 10

export function TryPage() {
  // It stands after the #, so that no server has it in a log.
  const [token] = useState(() => window.location.hash.slice(1))
  const query = useQuery({
    queryKey: ['try'],
    queryFn: () => client.readTestPage({ body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <main className="mx-auto flex min-h-dvh max-w-[44rem] flex-col px-4 py-8 md:px-6 md:py-12">
      <Logo />
      <Loaded query={query} rows={6}>
        {(view) => <Conversation token={token} view={view} />}
      </Loaded>
    </main>
  )
}

function Conversation({ token, view }: { token: string; view: View }) {
  const [question, setQuestion] = useState('')
  const [said, setSaid] = useState<readonly Exchange[]>([])
  const left = said.at(-1)?.answer.questionsLeft ?? view.questionsLeft
  const send = useMutation({
    mutationFn: (asked: string) =>
      client.askTestPage({
        body: {
          token,
          turns: [
            ...said.slice(-REMEMBERED).flatMap((one) => [
              { role: 'user' as const, content: one.question },
              { role: 'assistant' as const, content: one.answer.text || '…' },
            ]),
            { role: 'user' as const, content: asked },
          ],
        },
      }),
    onSuccess: (answer, asked) => {
      setSaid((before) => [...before, { question: asked, answer }])
      setQuestion('')
    },
  })
  const ask = () => {
    const asked = question.trim()
    if (asked && !send.isPending && left > 0) send.mutate(asked)
  }
  return (
    <>
      <h1 className="mt-8 text-display">{view.title}</h1>
      <div role="note" aria-label={say('try.before-you-ask')} className="mt-4 border-l-2 border-accent pl-3">
        {view.disclosure && <p className="mb-1 text-prose">{view.disclosure}</p>}
        <p className="text-muted">{say('try.you-try-which-is-not-finished-what', { application: view.application })}</p>
      </div>
      <div className="flex-1" aria-live="polite">
        {keyed(said, ({ answer }) => answer.answer).map(({ key, item }) => (
          <Said key={key} token={token} exchange={item} />
        ))}
      </div>
      {send.error && (
        <div className="mt-4">
          <Trouble failure={send.error} />
        </div>
      )}
      <form
        className="sticky bottom-0 mt-6 flex flex-col gap-2 bg-surface py-3"
        onSubmit={(event) => {
          event.preventDefault()
          ask()
        }}
      >
        <label htmlFor="question" className="sr-only">
          {say('try.question')}
        </label>
        <textarea
          id="question"
          rows={2}
          value={question}
          maxLength={view.mostCharacters}
          placeholder={said.length > 0 ? say('try.ask-on') : say('try.ask-a-question')}
          onChange={(event) => setQuestion(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return
            event.preventDefault()
            ask()
          }}
          className="field text-prose"
        />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button type="submit" tone="primary" disabled={!question.trim() || left === 0} busy={send.isPending}>
            {say('try.ask')}
          </Button>
          <span className="text-muted">
            {say('try.left-for-everybody-with-this-link-it', {
              questions: say('many.question', { n: left }),
              expiresAt: shortTime(view.expiresAt),
            })}
          </span>
        </div>
      </form>
    </>
  )
}

const Said = ({ token, exchange: { question, answer } }: { token: string; exchange: Exchange }) => (
  <section className="mt-6 border-t border-line pt-4">
    <h2 className="prose-width mb-2 whitespace-pre-line break-words text-prose font-medium">{question}</h2>
    <p className="prose-width whitespace-pre-line break-words text-prose">{answer.text}</p>
    {answer.sources.length > 0 && (
      <p className="mt-2 text-muted">{say('try.from', { sources: answer.sources.join(', ') })}</p>
    )}
    <RateAnswer token={token} answer={answer.answer} />
  </section>
)
