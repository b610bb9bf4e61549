/** Mail: whether any is sent, a test of the server, and what was sent to whom. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'

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
              title="No mail is sent"
              command={
                <Command text="AIRWORTHY_SMTP_URL=smtps://user:password@mail.example.org:465 AIRWORTHY_MAIL_FROM=airworthy@example.org npm start" />
              }
            >
              People hear by mail of approvals to sign, waivers that end, findings and held answers once a server for
              mail is named when the program starts. Until then the pages and webhooks tell the same.
            </Empty>
          )
        return (
          <>
            <Section title="The server" note={`Mails come from ${first.from ?? ''}.`}>
              <div className="flex flex-wrap items-start gap-x-10 gap-y-4">
                {may('administer') && <TestForm />}
                <RoundButton />
              </div>
            </Section>
            <Section title="Mails" count={mails.length} note="The newest first; their texts are kept back here.">
              {mails.length === 0 ? (
                <p className="text-muted">Nobody had to be told anything yet.</p>
              ) : (
                <ul>
                  {mails.map(({ id, to, subject, application, state, error, at, sentAt, attempts, nextAt }) => (
                    <li key={id} className="border-t border-line py-2 first:border-0">
                      <p className="flex flex-wrap items-center gap-2">
                        <span className="font-medium">{subject}</span>
                        <Tag tone={STATES[state].tone}>{STATES[state].word}</Tag>
                      </p>
                      <p className="text-muted">
                        to {to}, of {application}, <Ago at={sentAt ?? at} />
                        {state !== 'sent' && attempts > 0 && `, tried ${many(attempts, 'time')}`}
                        {state === 'waiting' && attempts > 0 && (
                          <>
                            , again <Ago at={nextAt} />
                          </>
                        )}
                      </p>
                      {error && <p>{error}</p>}
                    </li>
                  ))}
                </ul>
              )}
              {query.hasNextPage && (
                <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                  Show older ones
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
      <TextField label="Send a test to" type="email" value={to} onChange={setTo} required />
      <span>
        <Button type="submit" busy={test.isPending}>
          Send a test
        </Button>
      </span>
      <output>{test.data && `The server took a mail to ${test.data.to}.`}</output>
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
      <p>Every few minutes it is looked who has to be told of something.</p>
      <span>
        <Button busy={round.isPending} onClick={() => round.mutate()}>
          Look now
        </Button>
      </span>
      <output>{round.data && `${many(round.data.sent, 'mail')} sent, ${round.data.failed} failed.`}</output>
      {round.error !== null && <Trouble failure={round.error} />}
    </div>
  )
}
