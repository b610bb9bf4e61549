/** Caps: what each key, team, application, release and model has used of its limits, as it is now. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { money, number, percent } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import type { ScopeLimits } from '../data/shapes.ts'
import { absoluteTime, shortTime } from '../data/time.ts'
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { CapDialog, nameFor, type Whose } from './cap-dialog.tsx'
import { CapProbe } from './cap-probe.tsx'

/** Use moves with every request, and a change of state alone is told by an event. */
const LOOK_MS = 2_000

export function CapsSection() {
  const query = useQuery({ queryKey: ['limits'], queryFn: () => client.listLimits({}), refetchInterval: LOOK_MS })
  const keys =
    useQuery({ queryKey: ['key'], queryFn: () => client.listKeys({ query: { limit: 200 } }) }).data?.items ?? []
  const may = useMay()
  const [setting, setSetting] = useState<'new' | Whose>()
  return (
    <Section
      title={say('caps-section.caps')}
      note={<Term of="cap">{say('caps-section.what-is-used-of-each-limit-as')}</Term>}
      actions={may('operate') && <Button onClick={() => setSetting('new')}>{say('caps-section.set-a-cap')}</Button>}
    >
      <Loaded query={query} rows={3}>
        {({ items }) => {
          const capped = items.filter(({ caps }) => caps.length > 0).toSorted((a, b) => fullest(b) - fullest(a))
          if (capped.length === 0)
            return <p className="text-muted">{say('caps-section.nothing-is-capped-or-used-yet-an')}</p>
          return (
            <>
              <States items={capped} />
              <ul className="divide-y divide-line">
                {capped.map((entry) => (
                  <Capped
                    key={`${entry.scope} ${entry.name}`}
                    entry={entry}
                    name={nameFor(entry, keys)}
                    onSet={may('operate') ? () => setSetting({ scope: entry.scope, name: entry.name }) : undefined}
                    mayProbe={may('build')}
                  />
                ))}
              </ul>
              <p className="prose-width mt-3 text-muted">{say('caps-section.at-80-a-cap-is-marked-and')}</p>
            </>
          )
        }}
      </Loaded>
      {setting && (
        <CapDialog whose={setting === 'new' ? undefined : setting} keys={keys} onClose={() => setSetting(undefined)} />
      )}
    </Section>
  )
}

/** What needs somebody, before the list. */
function States({ items }: { items: readonly ScopeLimits[] }) {
  const count = (state: 'near' | 'reached') =>
    items.flatMap(({ caps }) => caps).filter((cap) => cap.state === state).length
  const [reached, near] = [count('reached'), count('near')]
  if (reached + near === 0) return null
  return (
    <p className="mb-2 flex flex-wrap gap-2">
      {reached > 0 && <Tag tone="text-fail">{sayWith('caps-section.reached', { reached })}</Tag>}
      {near > 0 && <Tag tone="text-stale">{sayWith('caps-section.at-80-or-more', { near })}</Tag>}
    </p>
  )
}

function Capped({
  entry,
  name,
  onSet,
  mayProbe,
}: {
  entry: ScopeLimits
  name: string
  onSet: (() => void) | undefined
  mayProbe: boolean
}) {
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 basis-56">
        <span className="font-medium break-words">{name}</span>
        <span className="flex flex-wrap items-center gap-x-2 text-muted">
          {entry.scope} {entry.isDefault && <Tag>{say('caps-section.by-default')}</Tag>}
        </span>
        <div className="-ml-3 flex flex-wrap">
          {onSet && (
            <Button tone="quiet" onClick={onSet} aria-label={say('caps-section.change-the-caps-of', { name })}>
              {say('caps-section.change')}
            </Button>
          )}
          {mayProbe && entry.scope === 'application' && <CapProbe application={entry.name} />}
        </div>
      </div>
      <div className="grid min-w-0 flex-1 basis-80 gap-3">
        {entry.caps.map((cap) => (
          <CapBar key={cap.kind} cap={cap} of={name} />
        ))}
      </div>
    </li>
  )
}

function CapBar({ cap, of }: { cap: ScopeLimits['caps'][number]; of: string }) {
  const what = cap.kind.replaceAll('-', ' ')
  const isHeld = Number(cap.held) > 0
  return (
    <div>
      <p className="flex flex-wrap justify-between gap-x-4">
        <span>{what}</span>
        <span className="text-muted">
          {sayWith('caps-section.of', {
            amount: amount(cap.used),
            amount2: amount(cap.cap),
            share: percent(cap.share),
            isHeld: isHeld && say('caps-section.held', { amount: amount(cap.held) }),
          })}
        </span>
      </p>
      <div
        role="progressbar"
        aria-label={say('caps-section.of-2', { what, of })}
        aria-valuenow={Math.round(cap.share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-1 h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div className={`h-full ${COLOUR[cap.state]}`} style={{ width: `${Math.min(1, cap.share) * 100}%` }} />
      </div>
      {cap.state !== 'ok' && (
        <p className={`mt-1 ${cap.state === 'reached' ? 'text-fail' : 'text-muted'}`}>
          {cap.state === 'reached'
            ? say('caps-section.reached-requests-are-refused')
            : say('caps-section.80-or-more-is-used')}
          {cap.opensAt === null ? say('caps-section.it-opens-as-time-passes') : say('caps-section.it-opens')}
          {cap.opensAt !== null && (
            <time dateTime={cap.opensAt} title={absoluteTime(cap.opensAt)}>{`${shortTime(cap.opensAt)}.`}</time>
          )}
        </p>
      )}
    </div>
  )
}

const amount = (value: number | string): string => (typeof value === 'string' ? money(value) : number(value, 7))

const fullest = ({ caps }: ScopeLimits): number => Math.max(...caps.map(({ share }) => share))

const COLOUR = { ok: 'bg-accent', near: 'bg-stale', reached: 'bg-fail' } as const
