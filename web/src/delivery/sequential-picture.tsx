/**
 * Sequential evidence of one metric: the e-value against its threshold, under it the difference with its
 * limits, margin and zero, under it the share. One time axis, one cursor through all three.
 */

import type { ReactNode } from 'react'
import type { Metric } from '../../../sdk/index.ts'
import { type Line, Plot } from '../charts/plot.tsx'
import { number, percent } from '../data/format.ts'
import { metricLabel } from '../data/metric-names.ts'
import type { RolloutHistory } from '../data/shapes.ts'
import { clockTime } from '../data/time.ts'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { differenceWords, marginWords } from './metric-words.ts'

export function SequentialPicture({ history, metric }: { history: RolloutHistory; metric: Metric }) {
  const readings = history.map((point) => point.metrics.find((reading) => reading.metric === metric.name))
  const times = history.map(({ at }) => Date.parse(at) / 1000)
  const pick = (value: (reading: NonNullable<(typeof readings)[number]>) => number | null) =>
    readings.map((reading) => (reading ? value(reading) : null))
  const words = (value: number) => differenceWords({ metric: metric.name, kind: metric.kind }, metric.scale, value)
  const threshold = readings.findLast(Boolean)?.logThreshold ?? null
  const constant = (value: number | null): (number | null)[] => times.map(() => value)
  const evidence = pick(({ logEvidence }) => logEvidence)
  const hasEvidence = metric.kind === 'event' && evidence.some((value) => value !== null)
  const ended = history.findIndex(({ decision }) => decision === 'abort')
  const abort: Line[] =
    ended < 0
      ? []
      : [
          {
            label: say('sequential-picture.rolled-back-here'),
            values: evidence.map((value, index) => (index === ended ? value : null)),
            color: 'var(--verdict-fail)',
            width: 0,
            hasDots: true,
          },
        ]
  const sync = `rollout-${metric.name}`
  const label = metricLabel(metric.name)
  return (
    <div className="flex flex-col gap-1">
      {hasEvidence && (
        <Figure
          title={<Term of="eValue">{say('sequential-picture.evidence-for-harm-e-value')}</Term>}
          note={
            threshold === null ? (
              ''
            ) : (
              <Term of="threshold">
                {say('sequential-picture.threshold', { part: number(Math.round(10 ** threshold)) })}
              </Term>
            )
          }
        >
          <Plot
            label={say('sequential-picture.e-value-of-over-time-against-the', { label })}
            times={times}
            sync={sync}
            height={132}
            format={(value) => (Math.abs(value) > 3 ? `1e${Math.round(value)}` : number(10 ** value, 2))}
            range={(low, high) => [Math.min(low, -0.5), Math.max(high, (threshold ?? 2) * 1.15)]}
            lines={[
              { label: say('sequential-picture.e-value'), values: evidence, color: 'var(--arm-candidate)', width: 2 },
              {
                label: say('sequential-picture.threshold-2'),
                values: constant(threshold),
                color: 'var(--verdict-fail)',
                dash: [5, 4],
                width: 1,
              },
              ...abort,
            ]}
          />
        </Figure>
      )}
      <Figure
        title={<Term of="difference">{say('sequential-picture.difference-candidate-minus-control')}</Term>}
        note={sayWith('sequential-picture.zero', {
          marginWords: (
            <Term of="margin">{sayWith('sequential-picture.margin', { marginWords: marginWords(metric) })}</Term>
          ),
        })}
      >
        <Plot
          label={say('sequential-picture.difference-of-over-time-with-its-limits', { label })}
          times={times}
          sync={sync}
          height={168}
          format={words}
          range={(low, high) => {
            const room = (Math.max(high, metric.margin) - Math.min(low, 0)) * 0.1 || 0.01
            const [least, most] = [Math.min(low, 0) - room, Math.max(high, metric.margin) + room]
            // Early limits reach beyond what shares can be; the picture does not.
            return metric.kind === 'event' ? [Math.max(least, -1), Math.min(most, 1)] : [least, most]
          }}
          band={[0, 1]}
          lines={[
            {
              label: say('sequential-picture.upper-limit'),
              values: pick(({ upper }) => upper),
              color: 'var(--arm-candidate)',
              width: 1,
            },
            {
              label: say('sequential-picture.lower-limit'),
              values: pick(({ lower }) => lower),
              color: 'var(--arm-candidate)',
              width: 1,
            },
            {
              label: say('sequential-picture.margin-2'),
              values: constant(metric.margin),
              color: 'var(--verdict-fail)',
              dash: [5, 4],
              width: 1,
            },
            { label: say('sequential-picture.zero-2'), values: constant(0), color: 'var(--border-strong)', width: 1 },
            {
              label: say('sequential-picture.difference'),
              values: pick(({ difference }) => difference),
              color: 'var(--arm-candidate)',
              width: 2,
            },
          ]}
        />
      </Figure>
      <Figure title={<Term of="share">{say('sequential-picture.share-of-the-candidate')}</Term>} note="">
        <Plot
          label={say('sequential-picture.share-of-the-candidate-over-time')}
          times={times}
          sync={sync}
          height={92}
          format={(value) => percent(value, 0)}
          range={() => [0, 1.05]}
          hasTimeAxis
          lines={[
            {
              label: say('sequential-picture.share'),
              values: history.map(({ share }) => share),
              color: 'var(--arm-candidate)',
              width: 2,
              isStep: true,
            },
          ]}
        />
      </Figure>
      <details>
        <summary className="rounded text-muted">{say('sequential-picture.as-a-table')}</summary>
        <div className="mt-2 max-h-80 overflow-auto">
          <table className="data-table">
            <thead>
              <tr>
                {['at', 'share', 'e-value', 'difference', 'lower', 'upper', 'decision'].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {history.map((point, index) => {
                const reading = readings[index]
                const shown = (value: number | null | undefined) =>
                  value === null || value === undefined ? '–' : words(value)
                return (
                  <tr key={point.at}>
                    <td>{clockTime(point.at)}</td>
                    <td>{percent(point.share, 0)}</td>
                    <td>{typeof reading?.logEvidence === 'number' ? number(10 ** reading.logEvidence) : '–'}</td>
                    <td>{shown(reading?.difference)}</td>
                    <td>{shown(reading?.lower)}</td>
                    <td>{shown(reading?.upper)}</td>
                    <td>{point.decision}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  )
}

function Figure({ title, note, children }: { title: ReactNode; note: ReactNode; children: ReactNode }) {
  return (
    <figure>
      <figcaption className="flex flex-wrap justify-between gap-x-4 text-muted">
        <span>{title}</span>
        <span>{note}</span>
      </figcaption>
      {children}
    </figure>
  )
}
