/** One request: what was asked and answered, its steps in time, what it rested on, what it cost, what was said of it. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Span, Trace } from '../../../sdk/index.ts'
import { Waterfall } from '../charts/waterfall.tsx'
import { useParameter } from '../data/address.ts'
import { duration, money, number } from '../data/format.ts'
import { trace } from '../data/queries.ts'
import { MakeCase } from '../datasets/make-case.tsx'
import { Ago, CopyButton, Dot, Tag } from '../ui/bits.tsx'
import { ButtonLink, TextLink } from '../ui/button.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { FeedbackSection } from './feedback-section.tsx'
import { Guardrails } from './guardrails.tsx'
import { SpanDetail } from './span-detail.tsx'

export function TracePage({ id }: { id: string }) {
  const query = useQuery(trace(id))
  const found = query.data?.summary
  return (
    <Page
      title={say('trace.trace')}
      crumbs={[
        { label: say('trace.traces'), href: '/traces' },
        ...(found?.application ? [{ label: found.application, href: `/applications/${found.application}` }] : []),
      ]}
      aside={
        <span className="inline-flex items-center font-mono text-[0.75rem] text-muted">
          {id.slice(0, 8)} <CopyButton text={id} what={say('trace.trace-id')} />
        </span>
      }
      actions={
        <>
          {found?.application && <ButtonLink href={`/explanations/${id}`}>{say('trace.why-this-answer')}</ButtonLink>}
          <MakeCase trace={id} />
        </>
      }
    >
      <Loaded query={query} rows={14}>
        {(loaded) => <TraceBody trace={loaded} />}
      </Loaded>
    </Page>
  )
}

function TraceBody({ trace: found }: { trace: Trace }) {
  const { summary } = found
  const [asked, choose] = useParameter('span')
  const span = found.spans.find(({ spanId }) => spanId === asked) ?? found.spans.find(isTelling) ?? found.spans[0]
  return (
    <>
      <p className="mb-6 flex flex-wrap items-center gap-x-2 text-muted">
        <strong className={summary.status === 'complete' ? 'text-pass' : 'text-fail'}>
          {summary.errorCode ?? summary.status}
        </strong>
        <Dot /> {duration(summary.latencyMs)}
        {summary.firstTokenMs !== null && (
          <span>{say('trace.first-token-after', { firstTokenMs: duration(summary.firstTokenMs) })}</span>
        )}
        <Dot /> {number(summary.inputTokens)} + {number(summary.outputTokens)}{' '}
        <Term of="token">{say('trace.tokens')}</Term>
        {summary.estimated && say('trace.estimated')}
        <Dot /> {summary.costMicroUsd === null ? say('trace.price-not-known') : money(summary.costMicroUsd)}
        <Dot /> <Ago at={summary.at} />
      </p>
      <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
        <div>
          <Section title={say('trace.asked')}>
            <Conversation turns={found.input} />
          </Section>
        </div>
        <div>
          <Section
            title={say('trace.answered')}
            note={summary.abstained ? <Tag>{say('trace.abstained')}</Tag> : undefined}
          >
            <p className="prose-width text-prose whitespace-pre-wrap">
              {found.output || <span className="text-muted">{say('trace.nothing')}</span>}
            </p>
            {found.invalidCitations.length > 0 && (
              <p className="mt-2 text-fail">
                {say('trace.cites-passages-that-do-not-exist', { invalidCitations: found.invalidCitations.join(', ') })}
              </p>
            )}
            {found.citations.length > 0 && (
              <ul className="mt-3 flex flex-col gap-1">
                {found.citations.map(({ id, title, source }, index) => (
                  <li key={id} className="flex gap-2">
                    <span className="text-muted">[{index + 1}]</span>
                    <span className="min-w-0 truncate" title={id}>
                      {title || id} <span className="text-muted">{source}</span>
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </div>
      </div>
      <Section title={say('trace.steps')}>
        <Waterfall spans={found.spans} firstTokenMs={summary.firstTokenMs} chosen={span?.spanId} onChoose={choose} />
        {span && <SpanDetail span={span} release={summary.release} cited={found.citations.map(({ id }) => id)} />}
      </Section>
      <Guardrails trace={found} />
      <FeedbackSection trace={found} />
      <Section title={say('trace.how-it-was-routed')}>
        <Facts
          items={[
            [say('trace.asked-for'), summary.requestedModel],
            [say('trace.answered-by'), `${summary.servedBy ?? 'nobody'}${fallbackOf(found)}`],
            [
              say('trace.release'),
              summary.release ? (
                <TextLink key="r" href={`/releases/${summary.release}`}>
                  {say('trace.in', { application: summary.application, stage: summary.stage })}
                </TextLink>
              ) : summary.status === 'errored' ? (
                say('trace.none-it-was-refused-before-one-was')
              ) : (
                say('trace.none-a-model-was-used-directly')
              ),
            ],
            [
              <Term key="a" of="arm">
                {say('trace.arm')}
              </Term>,
              summary.rollout ? (
                <TextLink key="l" href={`/rollouts/${summary.rollout.id}`}>
                  {sayWith('trace.at-share', { arm: summary.arm, share: number(summary.rollout.share) })}
                </TextLink>
              ) : (
                say('trace.no-rollout')
              ),
            ],
            [say('trace.kept-on-its-arm-by'), summary.subjectSource],
            ...(summary.remoteParent ? [calledFrom(summary.remoteParent.traceId)] : []),
            [say('trace.time-of-ours'), duration(summary.overheadMs)],
            [say('trace.prices'), priceBookName(summary.priceBook)],
          ]}
        />
      </Section>
    </>
  )
}

/** The caller's own trace stands here too when it sends its spans to us. */
const calledFrom = (traceId: string): [string, ReactNode] => [
  say('trace.called-from'),
  <TextLink key="c" href={`/traces/${traceId}`}>
    {say('trace.trace-2', { traceId: traceId.slice(0, 8) })}
  </TextLink>,
]

function Conversation({ turns }: { turns: Trace['input'] }) {
  const [all, setAll] = useState(false)
  const shown = all ? turns : turns.slice(-1)
  return (
    <div className="flex flex-col gap-2">
      {turns.length > 1 && (
        <button
          type="button"
          onClick={() => setAll(!all)}
          className="self-start rounded text-muted underline decoration-line-strong underline-offset-3"
        >
          {all ? say('trace.only-the-last-turn') : say('trace.earlier-turns', { turns: turns.length - 1 })}
        </button>
      )}
      {shown.map(({ role, content }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: turns of one fixed conversation
        <p key={index} className="prose-width text-prose whitespace-pre-wrap">
          {all && <span className="block text-data text-muted">{role}</span>}
          {content}
        </p>
      ))}
    </div>
  )
}

const isTelling = ({ meaning, parentSpanId }: Span): boolean =>
  parentSpanId !== null && (meaning.messages?.length ?? 0) > 0

/** The price book has been a name and is an object with its digest. */
const priceBookName = (book: Trace['summary']['priceBook']): string =>
  book === null ? say('trace.not-known') : typeof book === 'string' ? book : book.name

/** Said of an answer that a fallback of its release gave, or somebody whom its route chose. */
function fallbackOf({ spans }: Trace): string {
  const names = spans.flatMap(({ attributes, status }) => {
    const { 'airworthy.fallback': name } = attributes
    return typeof name === 'string' && status.code !== 'error' ? [name] : []
  })
  const chosen = spans.flatMap(({ attributes, status }) => {
    const { 'airworthy.route.target': target, 'airworthy.route.reason': reason } = attributes
    return typeof target === 'string' && status.code !== 'error' ? [`${target} (${String(reason)})`] : []
  })
  return `${names.length === 0 ? '' : say('trace.the-fallback', { names: names.join(', ') })}${chosen.length === 0 ? '' : say('trace.chosen-by-its-route', { chosen: chosen.join(', ') })}`
}
