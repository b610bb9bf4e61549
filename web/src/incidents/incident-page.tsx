/** One incident: its deadlines first, then the way to its fix, then what happened when. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay, useNames } from '../data/queries.ts'
import { absoluteTime } from '../data/time.ts'
import { ExampleTag, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Facts, Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { stateWord } from '../words/states.ts'
import { type IncidentAct, IncidentActs } from './incident-acts.tsx'
import { IncidentForm } from './incident-form.tsx'
import { CLOCK_WORDS, type Clock, HARMS, type Incident, incident, type Served } from './queries.ts'

export function IncidentPage({ id }: { id: string }) {
  const query = useQuery(incident(id))
  const [act, setAct] = useState<IncidentAct | undefined>()
  const [changing, setChanging] = useState(false)
  const may = useMay()
  const found = query.data?.incident
  return (
    <Page
      title={found?.title ?? say('incident.incident')}
      crumbs={[{ label: say('incident.incidents'), href: '/incidents' }]}
      aside={
        found && (
          <>
            <Tag tone={found.severity === 'critical' ? 'text-fail' : 'text-muted'}>{found.severity}</Tag>
            <Tag>{stateWord(found.state)}</Tag>
            {found.example && <ExampleTag />}
          </>
        )
      }
      actions={
        found &&
        may('attest') && (
          <>
            <Button onClick={() => setAct({ kind: 'note' })}>{say('incident.add-to-the-timeline')}</Button>
            <Button onClick={() => setChanging(true)}>{say('incident.change')}</Button>
            <Button tone="primary" onClick={() => setAct({ kind: 'move' })}>
              {found.state === 'closed' ? say('incident.open-it-again') : say('incident.say-where-it-stands')}
            </Button>
          </>
        )
      }
    >
      <Loaded query={query}>
        {(served) => (
          <>
            <Lead>{served.incident.description}</Lead>
            <Section
              title={say('incident.deadlines')}
              count={served.clocks.length}
              note={say('incident.as-of', { clocksAsOf: served.clocksAsOf })}
            >
              <Deadlines
                served={served}
                onReport={may('attest') ? (clock) => setAct({ kind: 'report', clock }) : undefined}
              />
            </Section>
            <FixSection incident={served.incident} onFix={may('build') ? () => setAct({ kind: 'fix' }) : undefined} />
            <What incident={served.incident} />
            <Timeline incident={served.incident} />
            {served.similar.length > 0 && (
              <Section title={say('incident.sounds-alike')} note={say('incident.by-the-words-that-they-share')}>
                <ul>
                  {served.similar.map((one) => (
                    <li key={one.id} className="py-1">
                      <TextLink href={`/incidents/${one.id}`}>{one.title}</TextLink>{' '}
                      <span className="text-muted">{stateWord(one.state)}</span>
                    </li>
                  ))}
                </ul>
              </Section>
            )}
            {act && <IncidentActs act={act} incident={served.incident} onClose={() => setAct(undefined)} />}
            {changing && <IncidentForm incident={served.incident} onClose={() => setChanging(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Deadlines({ served, onReport }: { served: Served; onReport: ((clock: Clock) => void) | undefined }) {
  const { clocks, clocksNote, incident: found } = served
  if (clocks.length === 0)
    return (
      <p className="text-muted">
        {found.harms.length === 0
          ? say('incident.nobody-has-said-whom-it-harmed')
          : say('incident.none-of-the-laws-in-the')}
      </p>
    )
  return (
    <>
      <ul>
        {clocks.map((clock) => (
          <li
            key={clock.id}
            className="flex flex-wrap items-start gap-x-6 gap-y-2 border-t border-line py-3 first:border-0"
          >
            <div className="min-w-0 flex-1 basis-80">
              <p>
                <span className="font-medium">{clock.title}</span>{' '}
                <span className={clock.state === 'overdue' || clock.state === 'late' ? 'text-fail' : 'text-muted'}>
                  {CLOCK_WORDS[clock.state]}
                  {clock.dueAt &&
                    ['running', 'overdue'].includes(clock.state) &&
                    say('incident.due', { dueAt: absoluteTime(clock.dueAt) })}
                </span>
              </p>
              <p className="text-muted">
                {clock.law}, {clock.article}
                {clock.applies === 'maybe' && say('incident.if-it-applies-to-you')}
                {say('incident.to', { to: clock.to, note: clock.note })}{' '}
                <a href={clock.source} target="_blank" rel="noreferrer" className="underline">
                  {say('incident.text-of-the-law')}
                </a>
              </p>
            </div>
            {onReport && ['running', 'overdue'].includes(clock.state) && (
              <Button onClick={() => onReport(clock)}>{say('incident.reported-or-not-due')}</Button>
            )}
          </li>
        ))}
      </ul>
      <p className="prose-width mt-2 text-muted">{clocksNote}</p>
    </>
  )
}

function FixSection({
  incident: { fix, traces, severity },
  onFix,
}: {
  incident: Incident
  onFix: (() => void) | undefined
}) {
  const isGrave = severity === 'critical' || severity === 'high'
  return (
    <Section title={say('incident.from-the-trace-to-the-release')}>
      <ol className="flex flex-col gap-2">
        <li>
          {traces.length === 0 ? (
            <span className="text-muted">{say('incident.no-trace-is-named')}</span>
          ) : (
            traces.map((trace) => (
              <span key={trace} className="mr-3">
                {say('incident.trace')} <TextLink href={`/traces/${trace}`}>{trace.slice(0, 8)}</TextLink>
              </span>
            ))
          )}
        </li>
        <li>
          {fix ? (
            <>
              {say('incident.case')} <TextLink href={`/datasets/${fix.dataset}`}>{fix.example}</TextLink>{' '}
              {say('incident.of', { dataset: fix.dataset })}
            </>
          ) : (
            <span className="text-muted">{say('incident.no-regression-case-yet-open-the')}</span>
          )}
        </li>
        {fix && (
          <li>
            {say('incident.passed-on')}{' '}
            <TextLink href={`/releases/${fix.release}`}>{say('incident.this-release')}</TextLink>
            {say('incident.seen-in')}{' '}
            <TextLink href={`/experiments/${fix.experiment}`}>{say('incident.this-experiment')}</TextLink>
          </li>
        )}
      </ol>
      {!fix && onFix && (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <Button onClick={onFix}>{say('incident.name-case-and-release')}</Button>
          {isGrave && <span className="text-muted">{say('incident.a-grave-incident-does-not-close')}</span>}
        </div>
      )}
    </Section>
  )
}

function What({ incident: found }: { incident: Incident }) {
  const nameOf = useNames()
  return (
    <Section title={say('incident.what-is-known')}>
      <Facts
        items={[
          [
            say('incident.application'),
            <TextLink key="a" href={`/applications/${found.application}`}>
              {found.application}
            </TextLink>,
          ],
          ...(found.release
            ? [
                [
                  say('incident.release'),
                  <TextLink key="r" href={`/releases/${found.release}`}>
                    {say('incident.the-one-that-it-happened-on')}
                  </TextLink>,
                ] as const,
              ]
            : []),
          [
            say('incident.harmed'),
            found.harms.map((harm) => HARMS.find(([id]) => id === harm)?.[1] ?? harm).join('; ') ||
              say('incident.not-said-yet'),
          ],
          [say('incident.affected'), found.affected ?? say('incident.not-said-yet')],
          [say('incident.why'), found.cause ?? say('incident.not-known-yet')],
          [say('incident.seen-to-by'), found.owner],
          [say('incident.known-since'), absoluteTime(found.detectedAt)],
          [say('incident.written-down-by'), nameOf(found.createdBy)],
        ]}
      />
    </Section>
  )
}

function Timeline({ incident: { timeline } }: { incident: Incident }) {
  const nameOf = useNames()
  const inOrder = [...timeline].sort((one, other) => one.at.localeCompare(other.at))
  return (
    <Section title={say('incident.timeline')} count={timeline.length}>
      <ol>
        {inOrder.map(({ at, writtenAt, by, kind, text }) => (
          <li
            key={`${writtenAt}${text}`}
            className="grid gap-x-6 border-t border-line py-2 first:border-0 md:grid-cols-[11rem_1fr]"
          >
            <span className="text-muted">{absoluteTime(at)}</span>
            <span>
              {text}{' '}
              <span className="text-muted">
                {kind}, {nameOf(by)}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
