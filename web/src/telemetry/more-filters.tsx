/** Filters of requests that other pages lead here with; they stand in the address and are taken away one by one. */
import { X } from 'lucide-react'
import { useLocation, useSearch } from 'wouter'
import { shortTime } from '../data/time.ts'
import { say } from '../words/say.ts'

const NAMES = ['model', 'release', 'key', 'user', 'team', 'feature', 'since', 'until'] as const
type Name = (typeof NAMES)[number]
export type Filters = { readonly [name in Name]?: string }

export function useMoreFilters(): [Filters, (name: Name) => void] {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const asked = new URLSearchParams(search)
  const filters = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = asked.get(name)
      return value ? [[name, value]] : []
    }),
  )
  return [
    filters,
    (name) => {
      asked.delete(name)
      const text = asked.toString()
      navigate(text ? `${path}?${text}` : path, { replace: true })
    },
  ]
}

export function MoreFilters({ filters, clear }: { filters: Filters; clear: (name: Name) => void }) {
  const shown = NAMES.flatMap((name) => {
    const value = filters[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  if (shown.length === 0) return null
  return (
    <ul aria-label={say('more-filters.further-filters')} className="mb-5 flex flex-wrap gap-2">
      {shown.map(([name, value]) => (
        <li key={name} className="inline-flex max-w-full items-center gap-1 rounded border border-line pl-2">
          <span className="min-w-0 truncate">
            <span className="text-muted">{name}</span> {name === 'since' || name === 'until' ? shortTime(value) : value}
          </span>
          <button
            type="button"
            aria-label={say('more-filters.without-the-filter', { name })}
            onClick={() => clear(name)}
            className="grid size-7 place-items-center rounded text-muted hover:bg-hover hover:text-text"
          >
            <X size={13} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
