/** How an application is used, two weeks beside the two before: how it went, what was asked, by whom. */
import type { ReactNode } from 'react'
import { many, percent, plus } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import type { UsagePatterns } from './queries.ts'

type Figure = UsagePatterns['figures'][number]

const KINDS: readonly (readonly [kind: Figure['kind'], title: string])[] = [
  ['outcome', 'How it went'],
  ['intent', 'What was asked, by its words'],
  ['feature', 'Where in the product'],
  ['stage', 'In which stage'],
  ['team', 'By which team'],
]
const CHANGES: Readonly<Record<Figure['change'], string>> = {
  more: 'more than before',
  less: 'less than before',
  'not-shown': 'may be chance',
  'too-few': 'too few to say',
}

export function PatternsSection({ found }: { found: UsagePatterns }) {
  const { now, before, figures } = found
  if (now.requests + before.requests === 0)
    return (
      <Section title="How it is used">
        <Empty title="Nobody has asked yet">
          With the first requests this says what is asked, how it went, and what changed.
        </Empty>
      </Section>
    )
  return (
    <Section title="How it is used" note={`${asked(now)} in two weeks, ${asked(before)} in the two before`}>
      <p className="prose-width mb-4">{driftOf(found)}</p>
      {KINDS.map(([kind, title]) => {
        const shown = figures.filter((one) => one.kind === kind)
        return shown.length === 0 ? null : (
          <Figures key={kind} title={title} figures={shown} isCompared={found.drift.change !== 'too-few'} />
        )
      })}
      {now.looked < now.requests && (
        <p className="mt-3 text-muted">Shares are of the newest {many(now.looked, 'request')} of each period.</p>
      )}
    </Section>
  )
}

type Shown = { title: string; figures: readonly Figure[]; isCompared: boolean }

const Figures = ({ title, figures, isCompared }: Shown) => (
  <table className="data-table mb-6">
    <thead>
      <tr>
        <th scope="col">{title}</th>
        <th scope="col" className="num">
          now
        </th>
        {isCompared && (
          <>
            <th scope="col" className="wide num">
              before
            </th>
            <th scope="col" className="num">
              change
            </th>
          </>
        )}
      </tr>
    </thead>
    <tbody>
      {figures.map((one) => (
        <tr key={one.name}>
          <td className="w-full">{one.name}</td>
          <td className="num whitespace-nowrap" title={rangeOf(one.now)}>
            {shareOf(one.now)}
            {one.now.interval && (
              <span className="hidden text-muted md:inline">
                {' '}
                ({percent(one.now.interval.low)} to {percent(one.now.interval.high)})
              </span>
            )}
          </td>
          {isCompared && (
            <>
              <td className="wide num whitespace-nowrap text-muted" title={rangeOf(one.before)}>
                {shareOf(one.before)}
              </td>
              <td className="num whitespace-nowrap">{changeOf(one)}</td>
            </>
          )}
        </tr>
      ))}
    </tbody>
  </table>
)

function changeOf({ difference, change, p }: Figure): ReactNode {
  if (difference === null) return <span className="text-muted">{CHANGES['too-few']}</span>
  const isFound = change === 'more' || change === 'less'
  return (
    <span title={p === null ? undefined : `p ${p.toFixed(3)}, corrected for the number of figures`}>
      <span className={isFound ? 'font-medium' : 'text-muted'}>
        {plus((difference * 100).toFixed(1))} points
        <span className="hidden md:inline">, {CHANGES[change]}</span>
      </span>
    </span>
  )
}

function driftOf({ drift, lacking }: UsagePatterns): string {
  if (drift.change === 'too-few')
    return `Too few to say what changed: the smaller period lacks ${many(lacking.requests, 'request')} and ${many(lacking.users, 'user')}.`
  const share = percent(drift.distance ?? 0)
  return drift.change === 'changed'
    ? `What is asked has changed: ${share} of the requests would have to be of another kind to be as before.`
    : `What is asked is not shown to have changed: ${share} of the requests differ in kind, which may be chance.`
}

const asked = ({ requests, users }: UsagePatterns['now']) => `${many(requests, 'request')} of ${many(users, 'user')}`
const shareOf = ({ share }: Figure['now']) => (share === null ? '–' : percent(share))
const rangeOf = ({ count, n, interval }: Figure['now']) =>
  `${count} of ${n}${interval ? `, ${percent(interval.low)} to ${percent(interval.high)}` : ''}`
