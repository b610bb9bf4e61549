/** Mail: whether any is sent, a test of the server, and what was sent to whom. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const STATES = {
  waiting: { word: 'waiting', tone: 'text-muted' },
  sent: { word: 'sent', tone: 'text-pass' },
  failed: { word: 'failed', tone: 'text-fail' },
} as const

export function MailPart() {
  const query = useInfiniteQuery({
    queryKey: ['mail'],
    queryFn: ({ pageParam }) => client.listMails({ query: { limit: 50, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const may = useMay()
  return (
    <Loaded query={query} rows={4}>
      {({ pages }) => {
        const [first] = pages
        const mails = pages.flatMap(({ items }) => items)
        if (!first?.isSet)
          return (
            <Empty
              title={say('mail-part.no-mail-is-sent')}
              command={
                <Command
                  text={
                    'AIRWORTHY_SMTP_URL=smtps://user:password@mail.example.org:465 AIRWORTHY_MAIL_FROM=airworthy@example.org npm start'
                  }
                />
              }
            >
              {say('mail-part.people-hear-by-mail-of-approvals-to')}
            </Empty>
          )
        return (
          <>
            <Section
              title={say('mail-part.the-server')}
              note={say('mail-part.mails-come-from', { from: first.from ?? '' })}
            >
              <div className="flex flex-wrap items-start gap-x-10 gap-y-4">
                {may('administer') && <TestForm />}
                <RoundButton />
              </div>
            </Section>
            <Section
              title={say('mail-part.mails')}
              count={mails.length}
              note={say('mail-part.the-newest-first-their-texts-are-kept')}
            >
              {mails.length === 0 ? (
                <p className="text-muted">{say('mail-part.nobody-had-to-be-told-anything-yet')}</p>
              ) : (
                <ul>
                  {mails.map(({ id, to, subject, application, state, error, at, sentAt, attempts, nextAt }) => (
                    <li key={id} className="border-t border-line py-2 first:border-0">
                      <p className="flex flex-wrap items-center gap-2">
                        <span className="font-medium">{subject}</span>
                        <Tag tone={STATES[state].tone}>{STATES[state].word}</Tag>
                      </p>
                      <p className="text-muted">
                        {sayWith('mail-part.to-of', {
                          to,
                          application,
                          when: <Ago at={sentAt ?? at} />,
                          state:
                            state !== 'sent' &&
                            attempts > 0 &&
                            say('mail-part.tried', { times: say('many.time', { n: attempts }) }),
                          state2:
                            state === 'waiting' &&
                            attempts > 0 &&
                            sayWith('mail-part.again', { when: <Ago at={nextAt} /> }),
                        })}
                      </p>
                      {error && <p>{error}</p>}
                    </li>
                  ))}
                </ul>
              )}
              {query.hasNextPage && (
                <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                  {say('mail-part.show-older-ones')}
                </Button>
              )}
            </Section>
          </>
        )
      }}
    </Loaded>
  )
}

function TestForm() {
  const [to, setTo] = useState('')
  const test = useMutation({ mutationFn: () => client.testMail({ body: { to } }) })
  return (
    <form
      className="flex w-full max-w-md flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        test.mutate()
      }}
    >
      <TextField label={say('mail-part.send-a-test-to')} type="email" value={to} onChange={setTo} required />
      <span>
        <Button type="submit" busy={test.isPending}>
          {say('mail-part.send-a-test')}
        </Button>
      </span>
      <output>{test.data && say('mail-part.the-server-took-a-mail-to', { to: test.data.to })}</output>
      {test.error !== null && <Trouble failure={test.error} />}
    </form>
  )
}

function RoundButton() {
  const cache = useQueryClient()
  const round = useMutation({
    mutationFn: () => client.sendMails(),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['mail'] }),
  })
  return (
    <div className="flex max-w-md flex-col gap-3">
      <p>{say('mail-part.every-few-minutes-it-is-looked-who')}</p>
      <span>
        <Button busy={round.isPending} onClick={() => round.mutate()}>
          {say('mail-part.look-now')}
        </Button>
      </span>
      <output>
        {round.data &&
          say('mail-part.sent-failed', { mails: say('many.mail', { n: round.data.sent }), failed: round.data.failed })}
      </output>
      {round.error !== null && <Trouble failure={round.error} />}
    </div>
  )
}
