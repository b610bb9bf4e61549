/** How the targets stand that were asked since the gateways started. */
import { duration, number } from '../data/format.ts'
import { say } from '../words/say.ts'
import { sum, type Target } from './reports.ts'

const WORDS = { closed: 'asked', 'half-open': 'probed', open: 'rests' } as const
const TONES = { closed: 'text-pass', 'half-open': 'text-stale', open: 'text-fail' } as const

export function Breaker({ target: { breaker, restsMs } }: { target: Target }) {
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${TONES[breaker]}`}>
      <span aria-hidden className="inline-block size-2 rounded-full bg-current" />
      {WORDS[breaker]}
      {breaker === 'open' && <span className="text-muted">{Math.ceil(restsMs / 1000)} s</span>}
    </span>
  )
}

export const failuresOf = ({ failedBy }: Target): string =>
  Object.entries(failedBy)
    .map(([code, count]) => `${code.replace(/^models\.(upstream-)?/, '')} ${count}`)
    .join(', ')

export function TargetTable({ targets, share }: { targets: readonly Target[]; share: ReadonlyMap<string, number> }) {
  const all = sum([...share.values()])
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('target-table.target')}</th>
          <th scope="col">{say('target-table.breaker')}</th>
          <th scope="col" className="num">
            {say('target-table.now')}
          </th>
          <th scope="col" className="num wide">
            {say('target-table.share-10-s')}
          </th>
          <th scope="col" className="num">
            {say('target-table.answer')}
          </th>
          <th scope="col" className="num wide">
            {say('target-table.answered')}
          </th>
          <th scope="col" className="wide">
            {say('target-table.failed')}
          </th>
        </tr>
      </thead>
      <tbody>
        {targets.map((target) => (
          <tr key={target.model}>
            <td className="break-all">{target.model}</td>
            <td>
              <Breaker target={target} />
            </td>
            <td
              className="num"
              title={say('target-table.under-way', { requests: say('many.request', { n: target.underWay }) })}
            >
              {target.underWay}
            </td>
            <td className="num wide">
              {all === 0 ? '–' : `${Math.round(((share.get(target.model) ?? 0) / all) * 100)} %`}
            </td>
            <td className="num">{target.latencyMs === null ? '–' : duration(target.latencyMs)}</td>
            <td className="num wide">{number(target.answered)}</td>
            <td className="wide break-words text-muted">{failuresOf(target) || say('target-table.never')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
