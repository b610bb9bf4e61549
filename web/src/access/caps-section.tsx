/** Caps: what each key, team, application, release and model has used of its limits, as it is now. */
import { useQuery } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { money, number, percent } from '../data/format.ts'
import type { ScopeLimits } from '../data/shapes.ts'
import { absoluteTime, shortTime } from '../data/time.ts'
import { Tag } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'

/** Use moves with every request, and a change of state alone is told by an event. */
const LOOK_MS = 2_000

export function CapsSection() {
  const query = useQuery({ queryKey: ['limits'], queryFn: () => client.listLimits({}), refetchInterval: LOOK_MS })
  const keys = useQuery({ queryKey: ['key'], queryFn: () => client.listKeys({ query: { limit: 200 } }) })
  const nameOfKey = new Map(keys.data?.items.map(({ id, name }) => [id as string, name]))
  return (
    <Section title="Caps" note="what is used of each limit">
      <Loaded query={query} rows={3}>
        {({ items }) => {
          const capped = items.filter(({ caps }) => caps.length > 0).toSorted((a, b) => fullest(b) - fullest(a))
          if (capped.length === 0) return <p className="text-muted">Nothing is capped or used yet.</p>
          return (
            <ul className="divide-y divide-line">
              {capped.map((entry) => (
                <Capped
                  key={`${entry.scope} ${entry.name}`}
                  entry={entry}
                  name={nameOfKey.get(entry.name) ?? entry.name}
                />
              ))}
            </ul>
          )
        }}
      </Loaded>
    </Section>
  )
}

function Capped({ entry, name }: { entry: ScopeLimits; name: string }) {
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 basis-48">
        <span className="font-medium">{name}</span>
        <span className="block text-muted">
          {entry.scope} {entry.isDefault && <Tag>by default</Tag>}
        </span>
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
          {amount(cap.used)} of {amount(cap.cap)} ({percent(cap.share)}){isHeld && `, ${amount(cap.held)} held`}
        </span>
      </p>
      <div
        role="progressbar"
        aria-label={`${what} of ${of}`}
        aria-valuenow={Math.round(cap.share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-1 h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div className={`h-full ${COLOUR[cap.state]}`} style={{ width: `${Math.min(1, cap.share) * 100}%` }} />
      </div>
      {cap.state !== 'ok' && (
        <p className={`mt-1 ${cap.state === 'reached' ? 'text-fail' : 'text-muted'}`}>
          {cap.state === 'reached' ? 'Reached: requests are refused' : '80 % or more is used'}
          {cap.opensAt === null ? '; it opens as time passes.' : '; it opens '}
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
