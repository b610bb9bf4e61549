/** A figure as a dot with its interval: alone, as two arms, or as a difference against zero and margin. */
import { scaleLinear } from 'd3-scale'
import type { Interval } from '../../../sdk/index.ts'
import { percent } from '../data/format.ts'
import { say } from '../words/say.ts'

const WIDTH = 240
const HEIGHT = 28
const PAD = 6

type Dot = { value: number; low: number; high: number; color: string; label: string }
type Range = readonly [number, number]

/** One figure on a scale that fits it, with the interval in words. */
export function IntervalFigure({
  value,
  interval,
  say: written,
}: {
  value: number
  interval: Interval
  say: (value: number) => string
}) {
  const words = `${written(interval.low)} to ${written(interval.high)}`
  return (
    <span className="inline-flex items-center gap-3">
      <DotRow
        domain={domainOf([interval.low, interval.high, value], '')}
        dots={[{ value, ...interval, color: 'var(--text)', label: words }]}
        width={120}
      />
      <span
        className="whitespace-nowrap text-muted"
        title={say('interval.interval-sided', {
          level: percent(interval.level, 0),
          method: interval.method,
          sides: interval.sides,
        })}
      >
        {words}
      </span>
    </span>
  )
}

/** Dots with intervals over one scale; each has its own line so that they never cover each other. */
export function DotRow({ domain, dots, width = WIDTH }: { domain: Range; dots: readonly Dot[]; width?: number }) {
  const x = scaleLinear()
    .domain(domain)
    .range([PAD, width - PAD])
    .clamp(true)
  const step = HEIGHT / (dots.length + 1)
  return (
    <svg
      role="img"
      aria-label={dots.map(({ label }) => label).join('; ')}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="max-w-full"
    >
      <line x1={PAD} x2={width - PAD} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--border)" />
      {dots.map(({ value, low, high, color, label }, index) => (
        <g key={label} stroke={color} fill={color}>
          <line x1={x(low)} x2={x(high)} y1={step * (index + 1)} y2={step * (index + 1)} strokeWidth={2} />
          <circle cx={x(value)} cy={step * (index + 1)} r={4} stroke="var(--surface)" />
        </g>
      ))}
    </svg>
  )
}

/** A difference with its interval against the zero line and the band of the margin. */
export function DifferenceRow({
  value,
  low,
  high,
  margin,
  say,
  most = Number.POSITIVE_INFINITY,
  width = WIDTH,
}: {
  value: number
  low: number
  high: number
  margin: number
  say: (difference: number) => string
  /** The largest difference that there can be. */
  most?: number
  width?: number
}) {
  const reach = Math.min(Math.max(Math.abs(low), Math.abs(high), Math.abs(value), margin * 1.6) * 1.08, most)
  const x = scaleLinear()
    .domain([-reach, reach])
    .range([PAD, width - PAD])
    .clamp(true)
  const y = HEIGHT / 2
  const words = `difference ${say(value)}, interval ${say(low)} to ${say(high)}, margin ±${say(margin).replace('+', '')}`
  return (
    <svg
      role="img"
      aria-label={words}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="max-w-full"
    >
      <title>{words}</title>
      <rect x={x(-margin)} width={x(margin) - x(-margin)} y={2} height={HEIGHT - 4} fill="var(--margin-band)" />
      <line x1={x(0)} x2={x(0)} y1={0} y2={HEIGHT} stroke="var(--border-strong)" />
      <line x1={x(low)} x2={x(high)} y1={y} y2={y} stroke="var(--arm-candidate)" strokeWidth={2} />
      <circle cx={x(value)} cy={y} r={4.5} fill="var(--arm-candidate)" stroke="var(--surface)" />
    </svg>
  )
}

/** Shares lie between 0 and 1; the rest gets a little room. */
export function domainOf(values: readonly number[], unit: string): Range {
  if (unit === 'share') return [0, 1]
  const low = Math.min(...values)
  const high = Math.max(...values)
  const room = (high - low || Math.abs(high) || 1) * 0.15
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room]
}
