/** A value of any shape, laid out as a person would write it: names and values, lists as lists. */
import type { ReactNode } from 'react'
import { number } from '../data/format.ts'
import { say } from '../words/say.ts'

export function Value({ value }: { value: unknown }): ReactNode {
  if (value === null || value === undefined) return <span className="text-muted">{say('value.not-said')}</span>
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return number(value)
  if (typeof value === 'string') return <span className="break-words whitespace-pre-wrap">{value}</span>
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="text-muted">{say('value.none')}</span>
    if (value.every((item) => typeof item === 'string' || typeof item === 'number')) return value.join(', ')
    return (
      <ul className="flex flex-col gap-2">
        {value.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is shown as it is
          <li key={index} className="border-l-2 border-line pl-3">
            <Value value={item} />
          </li>
        ))}
      </ul>
    )
  }
  return (
    <dl className="grid grid-cols-[minmax(6rem,max-content)_1fr] gap-x-4 gap-y-1">
      {Object.entries(value).map(([name, inner]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0">
            <Value value={inner} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
