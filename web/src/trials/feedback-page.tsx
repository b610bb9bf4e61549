/** The form behind a link, for people without an account. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { Logo } from '../shell/logo.tsx'
import { Button } from '../ui/button.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { NOTHING_SAID, SaidFields } from './said-fields.tsx'

export function FeedbackPage() {
  // It stands after the #, so that no server has it in a log.
  const [token] = useState(() => window.location.hash.slice(1))
  const [said, setSaid] = useState(NOTHING_SAID)
  const query = useQuery({
    queryKey: ['feedback-form'],
    queryFn: () => client.readFeedbackForm({ body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const send = useMutation({
    mutationFn: () =>
      client.answerFeedbackForm({ body: { ...said, token, consent: true, comment: said.comment.trim() || null } }),
  })
  return (
    <main className="mx-auto flex min-h-dvh max-w-[36rem] flex-col px-6 py-12">
      <Logo />
      {send.data ? (
        <Thanks withdrawal={send.data.withdrawal} />
      ) : (
        <Loaded query={query} rows={6}>
          {(form) => (
            <form
              className="mt-8 flex flex-col gap-6"
              onSubmit={(event) => {
                event.preventDefault()
                send.mutate()
              }}
            >
              <h1 className="text-display">{form.title}</h1>
              <SaidFields trial={form} said={said} onChange={setSaid} agree={say('feedback.before-you-begin')} />
              {send.error && <Trouble failure={send.error} />}
              <div>
                <Button type="submit" tone="primary" busy={send.isPending}>
                  {say('feedback.send-it')}
                </Button>
              </div>
            </form>
          )}
        </Loaded>
      )}
    </main>
  )
}

function Thanks({ withdrawal }: { withdrawal: string }) {
  const withdraw = useMutation({ mutationFn: () => client.withdrawFeedback({ body: { withdrawal } }) })
  return (
    <div role="status">
      <h1 className="mt-8 text-display">{withdraw.data ? say('feedback.it-is-deleted') : say('feedback.thank-you')}</h1>
      <p className="mt-4 text-prose">
        {withdraw.data ? say('feedback.what-you-said-is-gone-you') : say('feedback.what-you-said-helps-the-team')}
      </p>
      {withdraw.error && <Trouble failure={withdraw.error} />}
      {!withdraw.data && (
        <p className="mt-6">
          <Button onClick={() => withdraw.mutate()} busy={withdraw.isPending}>
            {say('feedback.take-it-back')}
          </Button>
        </p>
      )}
    </div>
  )
}
