/** One incident: its deadlines first, then the way to its fix, then what happened when. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay, useNames } from '../data/queries.ts'
import { absoluteTime } from '../data/time.ts'
import { ExampleTag, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Facts, Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
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
      title={found?.title ?? 'Incident'}
      crumbs={[{ label: 'Incidents', href: '/incidents' }]}
      aside={
        found && (
          <>
            <Tag tone={found.severity === 'critical' ? 'text-fail' : 'text-muted'}>{found.severity}</Tag>
            <Tag>{found.state}</Tag>
            {found.example && <ExampleTag />}
          </>
        )
      }
      actions={
        found &&
        may('attest') && (
          <>
            <Button onClick={() => setAct({ kind: 'note' })}>Add to the timeline</Button>
            <Button onClick={() => setChanging(true)}>Change</Button>
            <Button tone="primary" onClick={() => setAct({ kind: 'move' })}>
              {found.state === 'closed' ? 'Open it again' : 'Say where it stands'}
            </Button>
          </>
        )
      }
    >
      <Loaded query={query}>
        {(served) => (
          <>
            <Lead>{served.incident.description}</Lead>
            <Section title="Deadlines" count={served.clocks.length} note={`as of ${served.clocksAsOf}`}>
              <Deadlines
                served={served}
                onReport={may('attest') ? (clock) => setAct({ kind: 'report', clock }) : undefined}
              />
            </Section>
            <FixSection incident={served.incident} onFix={may('build') ? () => setAct({ kind: 'fix' }) : undefined} />
            <What incident={served.incident} />
            <Timeline incident={served.incident} />
            {served.similar.length > 0 && (
              <Section title="Sounds alike" note="by the words that they share">
                <ul>
                  {served.similar.map((one) => (
                    <li key={one.id} className="py-1">
                      <TextLink href={`/incidents/${one.id}`}>{one.title}</TextLink>{' '}
                      <span className="text-muted">{one.state}</span>
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
          ? 'Nobody has said whom it harmed, so that no deadline can be told yet.'
          : 'None of the laws in the list sets a deadline for this.'}
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
                  {clock.dueAt && ['running', 'overdue'].includes(clock.state) && `, due ${absoluteTime(clock.dueAt)}`}
                </span>
              </p>
              <p className="text-muted">
                {clock.law}, {clock.article}
                {clock.applies === 'maybe' && ', if it applies to you'}. To {clock.to}. {clock.note}{' '}
                <a href={clock.source} target="_blank" rel="noreferrer" className="underline">
                  Text of the law
                </a>
              </p>
            </div>
            {onReport && ['running', 'overdue'].includes(clock.state) && (
              <Button onClick={() => onReport(clock)}>Reported, or not due</Button>
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
    <Section title="From the trace to the release that fixed it">
      <ol className="flex flex-col gap-2">
        <li>
          {traces.length === 0 ? (
            <span className="text-muted">No trace is named.</span>
          ) : (
            traces.map((trace) => (
              <span key={trace} className="mr-3">
                Trace <TextLink href={`/traces/${trace}`}>{trace.slice(0, 8)}</TextLink>
              </span>
            ))
          )}
        </li>
        <li>
          {fix ? (
            <>
              Case <TextLink href={`/datasets/${fix.dataset}`}>{fix.example}</TextLink> of {fix.dataset}
            </>
          ) : (
            <span className="text-muted">
              No regression case yet. Open the trace, choose “Make a case of it”, freeze, and run the suite.
            </span>
          )}
        </li>
        {fix && (
          <li>
            Passed on <TextLink href={`/releases/${fix.release}`}>this release</TextLink>, seen in{' '}
            <TextLink href={`/experiments/${fix.experiment}`}>this experiment</TextLink>
          </li>
        )}
      </ol>
      {!fix && onFix && (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <Button onClick={onFix}>Name case and release</Button>
          {isGrave && <span className="text-muted">A grave incident does not close without.</span>}
        </div>
      )}
    </Section>
  )
}

function What({ incident: found }: { incident: Incident }) {
  const nameOf = useNames()
  return (
    <Section title="What is known">
      <Facts
        items={[
          [
            'Application',
            <TextLink key="a" href={`/applications/${found.application}`}>
              {found.application}
            </TextLink>,
          ],
          ...(found.release
            ? [
                [
                  'Release',
                  <TextLink key="r" href={`/releases/${found.release}`}>
                    the one that it happened on
                  </TextLink>,
                ] as const,
              ]
            : []),
          [
            'Harmed',
            found.harms.map((harm) => HARMS.find(([id]) => id === harm)?.[1] ?? harm).join('; ') || 'not said yet',
          ],
          ['Affected', found.affected ?? 'not said yet'],
          ['Why', found.cause ?? 'not known yet'],
          ['Seen to by', found.owner],
          ['Known since', absoluteTime(found.detectedAt)],
          ['Written down by', nameOf(found.createdBy)],
        ]}
      />
    </Section>
  )
}

function Timeline({ incident: { timeline } }: { incident: Incident }) {
  const nameOf = useNames()
  const inOrder = [...timeline].sort((one, other) => one.at.localeCompare(other.at))
  return (
    <Section title="Timeline" count={timeline.length}>
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
