/** Findings of audits and attack campaigns: what is open, who sees to it, and what became of the rest. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Found } from '../../../sdk/index.ts'
import { findings, useMay, useNames } from '../data/queries.ts'
import { Ago, Command, ExampleTag, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { ByState } from '../ui/by-state.tsx'
import { Lead, Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { MoveFinding } from './move-finding.tsx'

const STATES = [
  [say('findings.to-mend'), 'open'],
  [say('findings.to-try-again-by-somebody-else-than'), 'fixed'],
  [say('findings.accepted-until-a-day'), 'accepted'],
  [say('findings.tried-again-and-gone'), 'retested'],
] as const

export function FindingsPage() {
  const query = useQuery(findings)
  return (
    <Page title={say('findings.findings')} crumbs={[{ label: say('findings.approvals'), href: '/approvals' }]}>
      <Loaded query={query}>
        {({ items }) => {
          if (items.length === 0)
            return (
              <Empty
                title={say('findings.nothing-was-found-yet')}
                command={<Command text="npx airworthy findings add --help" />}
              >
                {say('findings.what-an-audit-or-an-attack-campaign')}
              </Empty>
            )
          const open = items.filter(({ state }) => state === 'open' || state === 'fixed')
          const grave = open.filter(({ severity }) => severity === 'critical' || severity === 'high')
          return (
            <>
              <Lead>
                {open.length === 0
                  ? say('findings.everything-that-was-found-is-closed-or')
                  : say('findings.to-see-to-of-them-grave-those', {
                      findings: say('many.finding', { n: open.length }),
                      grave: grave.length,
                    })}
              </Lead>
              <ByState items={items} states={STATES}>
                {(one) => <FindingItem key={one.id} finding={one} />}
              </ByState>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function FindingItem({ finding }: { finding: Found }) {
  const [moving, setMoving] = useState(false)
  const nameOf = useNames()
  const may = useMay()
  const { title, detail, severity, owner, application, release, report, acceptedUntil, notes, updatedAt } = finding
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-t border-line py-3 first:border-0">
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-center gap-2">
          <strong className={severity === 'critical' ? 'text-fail' : ''}>{severity}</strong>
          <span className="font-medium">{title}</span>
          {report && <Tag>{say('findings.signed-report')}</Tag>}
          {finding.example && <ExampleTag />}
        </p>
        <p className="prose-width">{detail}</p>
        <p className="text-muted">
          {sayWith('findings.sees-to-it-changed', {
            link: <TextLink href={`/releases/${release}`}>{application}</TextLink>,
            owner,
            acceptedUntil:
              acceptedUntil && say('findings.accepted-until', { acceptedUntil: acceptedUntil.slice(0, 10) }),
            when: <Ago at={updatedAt} />,
          })}
        </p>
        {notes.length > 0 && (
          <ul className="text-muted">
            {notes.map(({ at, by, move, note }) => (
              <li key={at + move}>
                {nameOf(by)}, {move.replace('-', ' ')}: “{note}” <Ago at={at} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {may('attest') && <Button onClick={() => setMoving(true)}>{say('findings.say-what-became-of-it')}</Button>}
      {moving && <MoveFinding finding={finding} onClose={() => setMoving(false)} />}
    </li>
  )
}
