/** One row for each group, with its share, its change and a way to its requests; the total below counts all. */
import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { client } from '../data/client.ts'
import { number, percent, plus, short } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import type { UsageBy, UsageCounts, UsageRow } from '../data/shapes.ts'
import { TextLink } from '../ui/button.tsx'
import { useFirstRows } from '../ui/first-rows.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { saved, spent } from './usage-lead.tsx'

/** The page of these requests; undefined where one of the group is not said. */
export const requestsOf = ({ traces }: UsageRow): string | undefined =>
  traces === null ? undefined : `/traces${traces.slice(traces.indexOf('?'))}`

type Props = { shown: UsageBy; before: UsageBy | undefined; by: string }

/** Drawn again for its own answers alone: the page around it waits for four others. */
export const UsageTable = memo(function UsageTable({ shown, before, by }: Props) {
  const nameOf = useKeyNames(by === 'key')
  const then = new Map(before?.items.map((row) => [groupOf(row), Number(row.costMicroUsd)]))
  const total = Number(shown.total.costMicroUsd)
  // A day before is another day.
  const comparable = by !== 'day' && before !== undefined
  const rows = by === 'day' ? shown.items.toSorted((a, b) => groupOf(b).localeCompare(groupOf(a))) : shown.items
  const { first, rest } = useFirstRows(rows)
  const isKept = shown.total.keptAnswers > 0
  return (
    <>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{by}</th>
            <th scope="col" className="num">
              {say('usage-table.cost')}
            </th>
            <th scope="col" className="wide num">
              {say('usage-table.share')}
            </th>
            {comparable && (
              <th scope="col" className="wide num">
                {say('usage-table.change')}
              </th>
            )}
            <th scope="col" className="num">
              {say('usage-table.requests')}
            </th>
            <th scope="col" className="wide num">
              {say('usage-table.errors')}
            </th>
            <th scope="col" className="wide num">
              {sayWith('usage-table.in', { term: <Term of="token">{say('usage-table.tokens')}</Term> })}
            </th>
            <th scope="col" className="wide num">
              {say('usage-table.out')}
            </th>
            <th scope="col" className="wide num">
              {say('usage-table.no-price')}
            </th>
            {isKept && (
              <>
                <th scope="col" className="wide num">
                  {say('usage-table.kept-answers')}
                </th>
                <th scope="col" className="wide num">
                  {say('usage-table.saved')}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {first.map((row) => (
            <tr key={groupOf(row)} className="clickable" data-row>
              <td className="w-full max-w-0">
                <span className="block truncate">
                  <Group row={row} name={nameOf(groupOf(row))} />
                </span>
              </td>
              <td className="num whitespace-nowrap">{spent(row)}</td>
              <td className="wide num text-muted">{total > 0 ? percent(Number(row.costMicroUsd) / total, 0) : '–'}</td>
              {comparable && (
                <td className="wide num whitespace-nowrap text-muted">
                  {change(Number(row.costMicroUsd), then.get(groupOf(row)))}
                </td>
              )}
              <Counts row={row} isKept={isKept} />
            </tr>
          ))}
          <tr className="font-medium">
            <td>{say('usage-table.total')}</td>
            <td className="num whitespace-nowrap">{spent(shown.total)}</td>
            <td className="wide" />
            {comparable && (
              <td className="wide num whitespace-nowrap">
                {change(total, before && Number(before.total.costMicroUsd))}
              </td>
            )}
            <Counts row={shown.total} isKept={isKept} />
          </tr>
        </tbody>
      </table>
      {rest}
      {shown.isCut && <p className="mt-2 text-muted">{say('usage-table.there-are-more-rows-than-are-shown')}</p>}
    </>
  )
})

function Group({ row, name }: { row: UsageRow; name: string }) {
  const href = requestsOf(row)
  if (href === undefined) return <span className="text-muted">{say('usage-table.not-said')}</span>
  return <TextLink href={href}>{name}</TextLink>
}

function Counts({ row, isKept }: { row: UsageCounts; isKept: boolean }) {
  return (
    <>
      <td className="num">{number(row.requests)}</td>
      <td className="wide num text-muted">{row.errors === 0 ? '–' : number(row.errors)}</td>
      <td className="wide num">{short(row.inputTokens)}</td>
      <td className="wide num">{short(row.outputTokens)}</td>
      <td className={`wide num ${row.unpriced > 0 ? 'text-stale' : 'text-muted'}`}>
        {row.unpriced === 0 ? '–' : number(row.unpriced)}
      </td>
      {isKept && (
        <>
          <td className={`wide num whitespace-nowrap ${row.keptAnswers === 0 ? 'text-muted' : ''}`}>
            {row.keptAnswers === 0 ? '–' : `${number(row.keptAnswers)} (${percent(row.keptShare ?? 0, 1)})`}
          </td>
          <td className={`wide num whitespace-nowrap ${row.keptAnswers === 0 ? 'text-muted' : ''}`}>
            {row.keptAnswers === 0 ? '–' : saved(row)}
          </td>
        </>
      )}
    </>
  )
}

const groupOf = ({ group }: UsageRow): string => Object.values(group)[0] ?? ''

function change(now: number, then: number | undefined): string {
  if (!then) return now > 0 ? 'new' : '–'
  return plus(percent((now - then) / then, 0))
}

/** Keys are counted by their id; who may see keys sees their names. */
function useKeyNames(isAsked: boolean): (id: string) => string {
  const may = useMay()
  const { data } = useQuery({
    queryKey: ['key'],
    queryFn: () => client.listKeys({ query: { limit: 200 } }),
    enabled: isAsked && may('audit'),
  })
  const names = new Map(data?.items.map(({ id, name }) => [id as string, name]))
  return (id) => names.get(id) ?? id
}
