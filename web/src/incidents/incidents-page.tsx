/** Incidents: what is open with its next deadline, and what was learnt from the rest. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearch } from 'wouter'
import { useMay } from '../data/queries.ts'
import { absoluteTime } from '../data/time.ts'
import { Ago, Command, ExampleTag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { ByState } from '../ui/by-state.tsx'
import { Lead, Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { IncidentForm } from './incident-form.tsx'
import { incidents, type Listed } from './queries.ts'

const STATES = [
  [say('incidents.open'), say('incidents.open-2')],
  [say('incidents.contained'), say('incidents.contained-2')],
  [say('incidents.closed'), say('incidents.closed-2')],
] as const

export function IncidentsPage() {
  const application = new URLSearchParams(useSearch()).get('application') ?? undefined
  const query = useQuery(incidents(application))
  const [opening, setOpening] = useState(false)
  const may = useMay()
  return (
    <Page
      title={say('incidents.incidents')}
      crumbs={
        application
          ? [
              { label: say('incidents.applications'), href: '/applications' },
              { label: application, href: `/applications/${application}` },
            ]
          : []
      }
      actions={
        may('attest') && (
          <Button tone="primary" onClick={() => setOpening(true)}>
            {say('incidents.write-one-down')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) => {
          if (items.length === 0)
            return (
              <Empty
                title={say('incidents.no-incident-is-on-record')}
                command={<Command text="npx airworthy incidents open --help" />}
              >
                {say('incidents.when-something-goes-wrong-write-it')}
              </Empty>
            )
          const overdue = items.reduce((sum, one) => sum + one.overdue, 0)
          const open = items.filter(({ state }) => state !== 'closed')
          return (
            <>
              <Lead>
                {open.length === 0
                  ? say('incidents.all-incidents-are-closed')
                  : say('incidents.to-see-to', { open: say('many.incident', { n: open.length }) })}
                {overdue > 0 && say('incidents.overdue', { n: overdue })}
              </Lead>
              <ByState items={items} states={STATES}>
                {(one) => <Item key={one.id} one={one} />}
              </ByState>
            </>
          )
        }}
      </Loaded>
      {opening && <IncidentForm application={application} onClose={() => setOpening(false)} />}
    </Page>
  )
}

const Item = ({ one }: { one: Listed }) => (
  <li className="border-t border-line py-3 first:border-0">
    <p className="flex flex-wrap items-center gap-2">
      <strong className={one.severity === 'critical' ? 'text-fail' : ''}>{one.severity}</strong>
      <TextLink href={`/incidents/${one.id}`} className="font-medium">
        {one.title}
      </TextLink>
      {one.example && <ExampleTag />}
    </p>
    <p className="text-muted">
      <TextLink href={`/applications/${one.application}`}>{one.application}</TextLink>
      {say('incidents.sees-to-it-known-since', { owner: one.owner })} <Ago at={one.detectedAt} />
    </p>
    {one.state !== 'closed' && (one.overdue > 0 || one.nextDueAt) && (
      <p className={one.overdue > 0 ? 'text-fail' : ''}>
        {one.overdue > 0
          ? say('incidents.overdue-2', { n: one.overdue })
          : say('incidents.next-report-until', { nextDueAt: absoluteTime(one.nextDueAt ?? '') })}
      </p>
    )}
  </li>
)
