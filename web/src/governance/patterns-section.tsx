/** How an application is used, two weeks beside the two before: how it went, what was asked, by whom. */
import type { ReactNode } from 'react'
import { number, percent, plus } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import type { UsagePatterns } from './queries.ts'

type Figure = UsagePatterns['figures'][number]

const KINDS: readonly (readonly [kind: Figure['kind'], title: string])[] = [
  ['outcome', say('patterns.how-it-went')],
  ['intent', say('patterns.what-was-asked-by-its-words')],
  ['feature', say('patterns.where-in-the-product')],
  ['stage', say('patterns.in-which-stage')],
  ['team', say('patterns.by-which-team')],
]
const CHANGES: Readonly<Record<Figure['change'], string>> = {
  more: say('patterns.more-than-before'),
  less: say('patterns.less-than-before'),
  'not-shown': say('patterns.may-be-chance'),
  'too-few': say('patterns.too-few-to-say'),
}

export function PatternsSection({ found }: { found: UsagePatterns }) {
  const { now, before, figures } = found
  if (now.requests + before.requests === 0)
    return (
      <Section title={say('patterns.how-it-is-used')}>
        <Empty title={say('patterns.nobody-has-asked-yet')}>{say('patterns.with-the-first-requests-this-says')}</Empty>
      </Section>
    )
  return (
    <Section
      title={say('patterns.how-it-is-used')}
      note={say('patterns.in-two-weeks-in-the-two', { now: asked(now), before: asked(before) })}
    >
      <p className="prose-width mb-4">{driftOf(found)}</p>
      {KINDS.map(([kind, title]) => {
        const shown = figures.filter((one) => one.kind === kind)
        return shown.length === 0 ? null : (
          <Figures key={kind} title={title} figures={shown} isCompared={found.drift.change !== 'too-few'} />
        )
      })}
      {now.looked < now.requests && (
        <p className="mt-3 text-muted">
          {say('patterns.shares-are-of-the-newest-of', { looked: say('many.request', { n: now.looked }) })}
        </p>
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
          {say('patterns.now')}
        </th>
        {isCompared && (
          <>
            <th scope="col" className="wide num">
              {say('patterns.before')}
            </th>
            <th scope="col" className="num">
              {say('patterns.change')}
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
                {say('patterns.to', { low: percent(one.now.interval.low), high: percent(one.now.interval.high) })}
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
    <span title={p === null ? undefined : say('patterns.p-corrected', { p: number(p) })}>
      <span className={isFound ? 'font-medium' : 'text-muted'}>
        {say('patterns.points', { difference: plus(number(difference * 100, 1)) })}
        <span className="hidden md:inline">, {CHANGES[change]}</span>
      </span>
    </span>
  )
}

function driftOf({ drift, lacking }: UsagePatterns): string {
  if (drift.change === 'too-few')
    return say('patterns.too-few-to-say-what-changed', {
      requests: say('many.request', { n: lacking.requests }),
      users: say('many.user', { n: lacking.users }),
    })
  const share = percent(drift.distance ?? 0)
  return drift.change === 'changed'
    ? say('patterns.what-is-asked-has-changed-of', { share })
    : say('patterns.what-is-asked-is-not-shown', { share })
}

const asked = ({ requests, users }: UsagePatterns['now']) =>
  say('patterns.of', { requests: say('many.request', { n: requests }), users: say('many.user', { n: users }) })
const shareOf = ({ share }: Figure['now']) => (share === null ? '–' : percent(share))
const rangeOf = ({ count, n, interval }: Figure['now']) =>
  say('patterns.of-2', {
    count,
    n,
    intervalSaid: interval ? say('patterns.to-2', { low: percent(interval.low), high: percent(interval.high) }) : '',
  })
