/** Differences of all cases as sorted bars: left what got worse, right what got better. A click opens a case. */
import { scaleLinear } from 'd3-scale'
import { memo } from 'react'
import type { Client } from '../../../sdk/index.ts'
import { differenceInUnit, number } from '../data/format.ts'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const HEIGHT = 120
const WIDTH = 1000

export type Differences = Awaited<ReturnType<Client['getDifferences']>>
type Props = {
  found: Differences
  unit: string
  chosen: string | undefined
  onChoose: (example: string) => void
}

export const DifferenceBars = memo(function DifferenceBars({ found, unit, chosen, onChoose }: Props) {
  const { n, lower, same, higher, bars, largest } = found
  const reach = Math.max(largest, 1e-9)
  const y = scaleLinear().domain([-reach, reach]).range([HEIGHT, 0])
  const width = WIDTH / bars.length
  const words = say('difference-bars.lower-the-same-higher', {
    cases: say('many.case', { n: lower }),
    sorted: number(same),
    better: number(higher),
  })
  return (
    <figure className="mb-4">
      <figcaption className="mb-1 flex flex-wrap justify-between gap-x-4 text-muted">
        <span>{sayWith('difference-bars.difference-of-each-case-sorted', { words })}</span>
        <span>{say('difference-bars.up-to', { reach: differenceInUnit(reach, unit) })}</span>
      </figcaption>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the table below has the same cases as buttons */}
      <svg
        role="img"
        aria-label={say('difference-bars.differences-of-the-table-below-has-the', {
          cases: say('many.case', { n }),
          words,
        })}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-[120px] w-full cursor-pointer"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const bar = bars[Math.floor(((event.clientX - box.left) / box.width) * bars.length)]
          if (bar) onChoose(bar.example)
        }}
      >
        {bars.map(({ example, mean, cases }, index) => (
          <rect
            key={example}
            x={index * width}
            width={Math.max(0.6, width - (width > 4 ? 1 : 0))}
            y={mean >= 0 ? y(mean) : y(0)}
            height={Math.max(1, Math.abs(y(mean) - y(0)))}
            fill={example === chosen ? 'var(--text)' : mean < 0 ? 'var(--arm-control)' : 'var(--arm-candidate)'}
          >
            <title>
              {cases === 1
                ? `${example}: ${differenceInUnit(mean, unit)}`
                : say('difference-bars.of-so-many-cases-on-average', {
                    cases: say('many.case', { n: cases }),
                    difference: differenceInUnit(mean, unit),
                  })}
            </title>
          </rect>
        ))}
        <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} stroke="var(--border-strong)" vectorEffect="non-scaling-stroke" />
      </svg>
    </figure>
  )
})
