/** Ideas by how doable and how worthwhile they are. The table beside it says the same in numbers. */

import { say } from '../words/say.ts'
import type { RankedIdea } from './queries.ts'

const SIZE = 300
const EDGE = 24
const at = (value: number): number => EDGE + ((value - 1) / 4) * (SIZE - 2 * EDGE)

export function PortfolioMatrix({ items }: { items: readonly RankedIdea[] }) {
  const shown = items.flatMap(({ id, title, doable, worthwhile }) =>
    doable === null || worthwhile === null ? [] : [{ id, title, x: at(doable), y: SIZE - at(worthwhile) }],
  )
  return (
    <svg
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      className="w-full"
      role="img"
      aria-label={say('portfolio-matrix.ideas-by-how-doable-and-how', { shown: shown.length })}
    >
      <rect x={EDGE / 2} y={EDGE / 2} width={SIZE - EDGE} height={SIZE - EDGE} fill="none" stroke="var(--border)" />
      <path
        d={`M${SIZE / 2} ${EDGE / 2}V${SIZE - EDGE / 2}M${EDGE / 2} ${SIZE / 2}H${SIZE - EDGE / 2}`}
        stroke="var(--border)"
        strokeDasharray="3 4"
      />
      <text x={SIZE - EDGE} y={EDGE + 4} textAnchor="end" fontSize={11} fill="var(--text-muted)">
        {say('portfolio-matrix.begin-here')}
      </text>
      {shown.map(({ id, title, x, y }, index) => (
        <g key={id}>
          <title>{title}</title>
          <circle cx={x} cy={y} r={9} fill="var(--accent)" />
          <text x={x} y={y + 3.5} textAnchor="middle" fontSize={10} fill="var(--on-accent)">
            {index + 1}
          </text>
        </g>
      ))}
    </svg>
  )
}
