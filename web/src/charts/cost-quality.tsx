/** One dot a thing: what a task costs from left to right, how good it is from bottom to top, with its interval. */
import { scaleLinear } from 'd3-scale'
import { useWidth } from './use-width.ts'

const WIDEST = 704
const HEIGHT = 280
const PAD = { left: 56, right: 24, top: 12, bottom: 34 }
const LETTER_PX = 6.2

export type CostQualityDot = {
  label: string
  cost: number
  value: number
  low: number
  high: number
  isReference: boolean
}

export function CostQuality({
  dots,
  front = [],
  sayCost,
  sayValue,
}: {
  dots: readonly CostQualityDot[]
  /** Those that nothing beats in both, from cheap to dear; they are joined by a line. */
  front?: readonly Pick<CostQualityDot, 'cost' | 'value'>[]
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
  const words = dots.map(({ label, cost, value }) => `${label}: ${sayValue(value)} at ${sayCost(cost)}`).join('; ')
  return (
    <figure ref={ref} className="mb-4 max-w-[44rem]">
      <svg
        role="img"
        aria-label={`Quality by cost of a task. ${words}`}
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
          cost of a task
        </text>
        {front.length > 1 && (
          <polyline
            points={front.map(({ cost, value }) => `${x(cost)},${y(value)}`).join(' ')}
            fill="none"
            stroke="var(--border-strong)"
            strokeDasharray="4 3"
          />
        )}
        {dots.map(({ label, cost, value, low: from, high: to, isReference }) => {
          const color = isReference ? 'var(--arm-control)' : 'var(--arm-candidate)'
          const room = { left: x(cost) - PAD.left - 10, right: width - PAD.right - x(cost) - 10 }
          const isLeft = label.length * LETTER_PX > room.right && room.left > room.right
          const letters = Math.floor((isLeft ? room.left : room.right) / LETTER_PX)
          return (
            <g key={label} stroke={color} fill={color}>
              <line x1={x(cost)} x2={x(cost)} y1={y(from)} y2={y(to)} strokeWidth={2} />
              <circle cx={x(cost)} cy={y(value)} r={5} stroke="var(--surface)" />
              <text
                x={x(cost) + (isLeft ? -10 : 10)}
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
