/** How long releases waited at gates: for people, for machines, and ready with nobody promoting. As bars over one scale. */
import { duration, list } from '../data/format.ts'
import type { LeadTime } from '../data/shapes.ts'
import { Tag } from '../ui/bits.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const PARTS = [
  ['personMs', say('lead-times.for-people'), 'bg-accent'],
  ['machineMs', say('lead-times.for-machines'), 'bg-muted'],
  ['readyMs', 'ready', 'bg-line-strong'],
] as const

export function LeadTimes({ items }: { items: readonly LeadTime[] }) {
  const longest = Math.max(1, ...items.map(({ totalMs }) => totalMs))
  return (
    <>
      <ul className="flex flex-col gap-2">
        {items.map((item) => {
          const words = list(
            PARTS.filter(([part]) => item[part] > 0).map(([part, name]) => `${duration(item[part])} ${name}`),
          )
          return (
            <li
              key={`${item.release}${item.into}`}
              className="grid gap-x-4 gap-y-1 md:grid-cols-[10rem_minmax(0,1fr)_minmax(0,22rem)] md:items-center"
            >
              <span className="flex items-center gap-2">
                {sayWith('lead-times.into', { number: <Tag>r{item.number}</Tag>, into: item.into })}
              </span>
              <span
                aria-hidden
                className="flex h-2.5 overflow-hidden rounded"
                style={{ width: `${Math.max(2, (item.totalMs / longest) * 100)}%` }}
              >
                {PARTS.map(([part, , color]) => (
                  <span
                    key={part}
                    className={color}
                    style={{ width: `${(item[part] / (item.totalMs || 1)) * 100}%` }}
                  />
                ))}
              </span>
              <span className="text-muted">
                {duration(item.totalMs)}: {words || say('lead-times.at-once')}
              </span>
            </li>
          )
        })}
      </ul>
      <p className="mt-2 flex flex-wrap gap-x-4 text-[0.75rem] text-muted">
        {PARTS.map(([part, name, color]) => (
          <span key={part} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 rounded-sm ${color}`} />
            {sayWith('lead-times.waiting', {
              name: name === 'ready' ? say('lead-times.with-everything-answered-until-somebody-promoted') : name,
            })}
          </span>
        ))}
      </p>
    </>
  )
}
