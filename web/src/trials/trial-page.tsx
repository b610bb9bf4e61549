/** One trial: who answered, how the tasks went, what many say, and the links to the form. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { trial, type WholeTrial } from './queries.ts'
import { MakeLinks, WriteInterview } from './trial-dialogs.tsx'

export function TrialPage({ id }: { id: string }) {
  const query = useQuery(trial(id))
  const [asking, setAsking] = useState<'links' | 'interview' | undefined>()
  const found = query.data?.trial
  const may = useMay()
  const cache = useQueryClient()
  const end = useMutation({
    mutationFn: () => client.closeTrial({ params: { id: id as WholeTrial['trial']['id'] } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['trial'] }),
  })
  const isOpen = found?.closedAt === null
  return (
    <Page
      title={found?.title ?? say('trial.trial')}
      crumbs={
        found
          ? [
              { label: found.application, href: `/applications/${found.application}` },
              { label: say('trial.pilot-and-trials'), href: `/applications/${found.application}/pilot` },
            ]
          : []
      }
      aside={found && <Tag>{isOpen ? say('trial.open') : say('trial.over')}</Tag>}
      actions={
        isOpen && (
          <>
            <Button onClick={() => setAsking('interview')}>{say('trial.write-down-a-talk')}</Button>
            {may('build') && (
              <>
                <Button onClick={() => end.mutate()} busy={end.isPending}>
                  {say('trial.end-it')}
                </Button>
                <Button tone="primary" onClick={() => setAsking('links')}>
                  {say('trial.ask-people')}
                </Button>
              </>
            )}
          </>
        )
      }
    >
      {end.error && <Trouble failure={end.error} />}
      <Loaded query={query}>
        {(whole) => (
          <>
            <Lead>{leadOf(whole)}</Lead>
            <Tasks whole={whole} />
            <Themes whole={whole} />
            <Answers whole={whole} />
            <Links whole={whole} />
            {asking === 'links' && <MakeLinks trial={whole.trial} onClose={() => setAsking(undefined)} />}
            {asking === 'interview' && <WriteInterview trial={whole.trial} onClose={() => setAsking(undefined)} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function leadOf({ report, trial: { blankedAt } }: WholeTrial): string {
  if (report.answers === 0)
    return say('trial.asked-nobody-has-answered-yet', { invited: say('many.person', { n: report.invited }) })
  const rate =
    report.responseRate === null
      ? ''
      : say('trial.of-who-were-asked-answered', {
          answeredOfInvited: report.answeredOfInvited,
          invited: report.invited,
          responseRate: Math.round(report.responseRate * 100),
        })
  const upper = report.negativeUpper
    ? say('trial.rated-it-2-or-less-with', {
        negative: report.negative,
        high: Math.round(report.negativeUpper.high * 100),
      })
    : ''
  return say('trial.rating-of-5', {
    answers: say('many.answer', { n: report.answers }),
    rating: report.rating === null ? null : number(report.rating, 1),
    rate,
    upper,
    blankedAtSaid: blankedAt ? say('trial.names-and-comments-are-gone') : '',
  })
}

const Tasks = ({ whole: { report } }: { whole: WholeTrial }) =>
  report.tasks.length > 0 && (
    <Section title={say('trial.tasks')} count={report.tasks.length}>
      <div className="overflow-x-auto">
        <table className="w-full text-left">
          <thead>
            <tr className="text-muted">
              {[
                say('trial.task'),
                say('trial.done'),
                say('trial.with-help'),
                say('trial.failed'),
                say('trial.minutes'),
              ].map((head, at) => (
                <th key={head} className={`py-1.5 pr-4 font-normal ${at > 0 ? 'text-right' : ''}`}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.tasks.map(({ id, text, done, withHelp, failed, minutes }) => (
              <tr key={id} className="border-t border-line">
                <th scope="row" className="py-2 pr-4 text-left font-normal">
                  {text}
                </th>
                <td className="py-2 pr-4 text-right tabular-nums">{done}</td>
                <td className="py-2 pr-4 text-right tabular-nums">{withHelp}</td>
                <td className={`py-2 pr-4 text-right tabular-nums ${failed > 0 ? 'text-fail' : ''}`}>{failed}</td>
                <td className="py-2 pr-4 text-right tabular-nums">
                  {minutes === null || minutes === undefined ? '-' : number(minutes, 1)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )

const Themes = ({ whole: { report } }: { whole: WholeTrial }) =>
  report.themes.length > 0 && (
    <Section title={say('trial.what-many-say')} note={say('trial.found-by-the-words-that-they')}>
      <ul>
        {report.themes.map(({ words, answers, rating, quotes }) => (
          <li key={words} className="border-t border-line py-3 first:border-0">
            <p>
              <span className="font-medium">{words}</span>{' '}
              <span className="text-muted">
                {say('trial.rating', { answers: say('many.answer', { n: answers }), rating: number(rating, 1) })}
              </span>
            </p>
            {quotes.map((quote) => (
              <p key={quote} className="prose-width text-muted">
                “{quote}”
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  )

const Answers = ({ whole: { answers } }: { whole: WholeTrial }) => (
  <Section title={say('trial.answers')} count={answers.length}>
    <ul>
      {answers.map(({ id, who, kind, rating, comment, at }) => (
        <li key={id} className="border-t border-line py-2 first:border-0">
          <span className={rating <= 2 ? 'font-medium text-fail' : 'font-medium'}>{say('trial.of-5', { rating })}</span>{' '}
          <span className="text-muted">
            {who ?? say('trial.no-name')}, {kind === 'form' ? say('trial.by-the-form') : say('trial.in-a-talk')},{' '}
            <Ago at={at} />
          </span>
          {comment && <p className="prose-width">{comment}</p>}
        </li>
      ))}
    </ul>
  </Section>
)

function Links({ whole: { links, trial: own } }: { whole: WholeTrial }) {
  const may = useMay()
  const cache = useQueryClient()
  const revoke = useMutation({
    mutationFn: (link: WholeTrial['links'][number]['id']) => client.revokeTrialLink({ params: { id: own.id, link } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['trial'] }),
  })
  return (
    <Section title={say('trial.links')} count={links.length} note={say('trial.the-address-is-shown-once-when')}>
      {revoke.error && <Trouble failure={revoke.error} />}
      <ul>
        {links.map(({ id, label, uses, mostUses, revokedAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 border-t border-line py-2 first:border-0">
            <span className="font-medium">{label ?? say('trial.no-name')}</span>
            <span className="text-muted">
              {revokedAt
                ? say('trial.taken-back')
                : mostUses === 1
                  ? uses > 0
                    ? say('trial.answered')
                    : say('trial.asked')
                  : say('trial.used-of-times', { uses, mostUses })}
            </span>
            {!revokedAt && uses < mostUses && may('build') && (
              <Button tone="quiet" className="ml-auto" busy={revoke.isPending} onClick={() => revoke.mutate(id)}>
                {say('trial.take-back')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
