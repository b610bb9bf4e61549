/** How the targets stand that were asked since the gateways started. */
import { duration, many } from '../data/format.ts'
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
          <th scope="col">target</th>
          <th scope="col">breaker</th>
          <th scope="col" className="num">
            now
          </th>
          <th scope="col" className="num wide">
            share, 10 s
          </th>
          <th scope="col" className="num">
            answer
          </th>
          <th scope="col" className="num wide">
            answered
          </th>
          <th scope="col" className="wide">
            failed
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
            <td className="num" title={`${many(target.underWay, 'request')} under way`}>
              {target.underWay}
            </td>
            <td className="num wide">
              {all === 0 ? '–' : `${Math.round(((share.get(target.model) ?? 0) / all) * 100)} %`}
            </td>
            <td className="num">{target.latencyMs === null ? '–' : duration(target.latencyMs)}</td>
            <td className="num wide">{target.answered.toLocaleString('en')}</td>
            <td className="wide break-words text-muted">{failuresOf(target) || 'never'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
