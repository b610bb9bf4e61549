/** Findings of audits and attack campaigns: what is open, who sees to it, and what became of the rest. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Found } from '../../../sdk/index.ts'
import { many } from '../data/format.ts'
import { findings, useMay, useNames } from '../data/queries.ts'
import { Ago, Command, ExampleTag, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { ByState } from '../ui/by-state.tsx'
import { Lead, Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { MoveFinding } from './move-finding.tsx'

const STATES = [
  ['To mend', 'open'],
  ['To try again, by somebody else than who mended it', 'fixed'],
  ['Accepted until a day', 'accepted'],
  ['Tried again, and gone', 'retested'],
] as const

export function FindingsPage() {
  const query = useQuery(findings)
  return (
    <Page title="Findings" crumbs={[{ label: 'Approvals', href: '/approvals' }]}>
      <Loaded query={query}>
        {({ items }) => {
          if (items.length === 0)
            return (
              <Empty title="Nothing was found yet" command={<Command text="npx airworthy findings add --help" />}>
                What an audit or an attack campaign finds will be here, with its severity and who sees to it, until
                somebody else has tried again. A signed report from outside brings its findings in by itself.
              </Empty>
            )
          const open = items.filter(({ state }) => state === 'open' || state === 'fixed')
          const grave = open.filter(({ severity }) => severity === 'critical' || severity === 'high')
          return (
            <>
              <Lead>
                {open.length === 0
                  ? 'Everything that was found is closed or accepted.'
                  : `${many(open.length, 'finding')} to see to, ${grave.length} of them grave: those fail the security checks.`}
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
          {report && <Tag>signed report</Tag>}
          {finding.example && <ExampleTag />}
        </p>
        <p className="prose-width">{detail}</p>
        <p className="text-muted">
          <TextLink href={`/releases/${release}`}>{application}</TextLink>, {owner} sees to it
          {acceptedUntil && `, accepted until ${acceptedUntil.slice(0, 10)}`}, changed <Ago at={updatedAt} />
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
      {may('attest') && <Button onClick={() => setMoving(true)}>Say what became of it</Button>}
      {moving && <MoveFinding finding={finding} onClose={() => setMoving(false)} />}
    </li>
  )
}
