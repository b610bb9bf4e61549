/**
 * One dot a thing: what a task costs from left to right, how good it is from bottom to top, with its interval; where
 * times are given, the slower the larger.
 */
import { scaleLinear } from 'd3-scale'
import { say } from '../words/say.ts'
import { useWidth } from './use-width.ts'

const WIDEST = 704
const HEIGHT = 280
const PAD = { left: 56, right: 24, top: 12, bottom: 34 }
const LETTER_PX = 6.2
const RADIUS = 5
/** Radii of the quickest and the slowest. */
const RADII = [4, 11] as const

export type CostQualityDot = {
  label: string
  cost: number
  value: number
  low: number
  high: number
  isReference: boolean
  /** Milliseconds; the slower, the larger the dot. */
  latency?: number
}

export function CostQuality({
  dots,
  sayCost,
  sayValue,
}: {
  dots: readonly CostQualityDot[]
  sayCost: (value: number) => string
  sayValue: (value: number) => string
}) {
  const [ref, width] = useWidth<HTMLElement>(WIDEST)
  const most = Math.max(...dots.map(({ cost }) => cost), 0)
  const low = Math.min(...dots.map((dot) => dot.low))
  const high = Math.max(...dots.map((dot) => dot.high))
  const room = (high - low || 1) * 0.08
  const x = scaleLinear()
    .domain([0, most || 1])
    .range([PAD.left, width - PAD.right])
    .nice(4)
  const y = scaleLinear()
    .domain([low - room, high + room])
    .range([HEIGHT - PAD.bottom, PAD.top])
  const radius = radiusBy(dots)
  const hasTimes = dots.some(({ latency }) => latency !== undefined)
  const words = dots.map(({ label, cost, value }) => `${label}: ${sayValue(value)} at ${sayCost(cost)}`).join('; ')
  return (
    <figure ref={ref} className="mb-4 max-w-[44rem]">
      <svg
        role="img"
        aria-label={say('cost-quality.quality-by-cost-of-a-task', { words })}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        className="w-full"
      >
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line x1={PAD.left} x2={width - PAD.right} y1={y(tick)} y2={y(tick)} stroke="var(--border)" />
            <text x={PAD.left - 8} y={y(tick) + 4} textAnchor="end" fontSize={11} fill="var(--text-muted)">
              {sayValue(tick)}
            </text>
          </g>
        ))}
        {(most === 0 ? [0] : x.ticks(width < 480 ? 2 : 4)).map((tick) => (
          <text
            key={tick}
            x={x(tick)}
            y={HEIGHT - PAD.bottom + 16}
            textAnchor="middle"
            fontSize={11}
            fill="var(--text-muted)"
          >
            {sayCost(tick)}
          </text>
        ))}
        <text x={width - PAD.right} y={HEIGHT - 4} textAnchor="end" fontSize={11} fill="var(--text-muted)">
          {say('cost-quality.cost-of-a-task', { hasTimes: hasTimes && say('cost-quality.the-larger-the-slower') })}
        </text>
        {dots.map(({ label, cost, value, low: from, high: to, isReference, latency }) => {
          const color = isReference ? 'var(--arm-control)' : 'var(--arm-candidate)'
          const beside = radius(latency) + 5
          const room = { left: x(cost) - PAD.left - beside, right: width - PAD.right - x(cost) - beside }
          const isLeft = label.length * LETTER_PX > room.right && room.left > room.right
          const letters = Math.floor((isLeft ? room.left : room.right) / LETTER_PX)
          return (
            <g key={label} stroke={color} fill={color}>
              <line x1={x(cost)} x2={x(cost)} y1={y(from)} y2={y(to)} strokeWidth={2} />
              <circle cx={x(cost)} cy={y(value)} r={radius(latency)} stroke="var(--surface)" />
              <text
                x={x(cost) + (isLeft ? -beside : beside)}
                y={y(value) + 4}
                textAnchor={isLeft ? 'end' : 'start'}
                fontSize={12}
                stroke="none"
                fill="var(--text)"
              >
                {label.length > letters ? `${label.slice(0, letters - 1)}…` : label}
              </text>
            </g>
          )
        })}
      </svg>
    </figure>
  )
}

/** The area grows with the time. */
function radiusBy(dots: readonly CostQualityDot[]): (latency: number | undefined) => number {
  const times = dots.flatMap(({ latency }) => latency ?? [])
  const most = Math.max(...times, 0)
  const [least, largest] = RADII
  return (latency) =>
    latency === undefined || most === 0 ? RADIUS : Math.max(least, largest * Math.sqrt(latency / most))
}
