/** Models held against criteria: who is left, what a month would take, and why the others fell out. */
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { Candidate } from '../data/shapes.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { cardHref } from './approval-tag.tsx'

const FIRST = 50
const TONES = { kept: 'text-pass', open: 'text-inconclusive', eliminated: 'text-muted' } as const
export const SERVED = {
  embedded: say('candidate-table.in-this-program'),
  'self-hosted': say('candidate-table.by-ourselves'),
  cloud: say('candidate-table.cloud-service'),
  api: 'provider',
} as const

export function CandidateTable({
  candidates,
  isMeasured = false,
  actionOf,
}: {
  candidates: readonly Candidate[]
  /** Own cases were named: a column says how each did on them. */
  isMeasured?: boolean
  actionOf?: (candidate: Candidate) => ReactNode
}) {
  const [isWhole, setWhole] = useState(false)
  const counted = (outcome: Candidate['outcome']) => candidates.filter((one) => one.outcome === outcome).length
  const shown = isWhole ? candidates : candidates.slice(0, FIRST)
  const hasReasons = candidates.some(({ reasons }) => reasons.length > 0)
  const hasCost = candidates.some(({ monthly }) => monthly !== null)
  return (
    <>
      <p className="mb-2 text-muted" role="status">
        {sayWith('candidate-table.meet-it-may-do-not', {
          counted: counted('kept'),
          counted2: counted('open'),
          counted3: counted('eliminated'),
        })}
      </p>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('candidate-table.model')}</th>
            <th scope="col">{say('candidate-table.outcome')}</th>
            {hasCost && (
              <th scope="col" className="num">
                {say('candidate-table.a-month')}
              </th>
            )}
            {isMeasured && <th scope="col">{say('candidate-table.measured-here')}</th>}
            <th scope="col" className="wide">
              {say('candidate-table.served')}
            </th>
            {hasReasons && (
              <th scope="col" className="wide">
                {say('candidate-table.why')}
              </th>
            )}
            {actionOf && (
              <th scope="col">
                <span className="sr-only">{say('candidate-table.act')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.model}>
              <td className="break-all">
                <TextLink href={cardHref(one.model)}>{one.model}</TextLink>
                {one.reasons.length > 0 && <p className="break-words text-muted md:hidden">{one.reasons[0]?.why}</p>}
              </td>
              <td>
                <Tag tone={TONES[one.outcome]}>{one.outcome}</Tag>
              </td>
              {hasCost && (
                <td className="num whitespace-nowrap">
                  {one.monthly === null ? (
                    <span className="text-muted">{say('candidate-table.unknown')}</span>
                  ) : one.monthly.low === one.monthly.high ? (
                    one.monthly.low
                  ) : (
                    `${one.monthly.low} – ${one.monthly.high}`
                  )}
                </td>
              )}
              {isMeasured && (
                <td>
                  <OwnFigures measured={one.measured} />
                </td>
              )}
              <td className="wide">{SERVED[one.servingMode]}</td>
              {hasReasons && (
                <td className="wide break-words text-muted">{one.reasons.map(({ why }) => why).join(' ')}</td>
              )}
              {actionOf && <td>{actionOf(one)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {!isWhole && candidates.length > FIRST && (
        <p className="mt-3">
          <Button onClick={() => setWhole(true)}>
            {say('candidate-table.show', { moreModels: say('many.more-model', { n: candidates.length - FIRST }) })}
          </Button>
        </p>
      )}
    </>
  )
}

function OwnFigures({ measured }: Pick<Candidate, 'measured'>) {
  if (!measured) return <span className="text-muted">{say('candidate-table.not-measured')}</span>
  const { quality, latencyMs, costPerTaskMicroUsd, evaluator, experiment } = measured
  const { value, interval, n } = quality
  return (
    <>
      <TextLink href={`/experiments/${experiment}`}>
        {value === null ? say('candidate-table.not-known', { evaluator }) : `${evaluator} ${rounded(value)}`}
      </TextLink>
      <p className="text-muted">
        {interval && say('candidate-table.to', { rounded: rounded(interval.low), rounded2: rounded(interval.high) })}n{' '}
        {n}
        {latencyMs && say('candidate-table.ms', { value: Math.round(latencyMs.value) })}
        {costPerTaskMicroUsd === null
          ? say('candidate-table.cost-not-known')
          : say('candidate-table.micro-a-task', { costPerTaskMicroUsd })}
      </p>
    </>
  )
}

const rounded = (value: number): string => String(Number(value.toFixed(3)))
