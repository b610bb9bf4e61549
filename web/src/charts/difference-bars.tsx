/** Per-case differences as sorted bars: left what got worse, right what got better. A click opens the case. */
import { scaleLinear } from 'd3-scale'
import { differenceInUnit } from '../data/format.ts'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const HEIGHT = 120
const WIDTH = 1000

type Item = { id: string; value: number }

export function DifferenceBars({
  items,
  unit,
  chosen,
  onChoose,
}: {
  items: readonly Item[]
  unit: string
  chosen: string | undefined
  onChoose: (id: string) => void
}) {
  const sorted = items.toSorted((a, b) => a.value - b.value)
  const reach = Math.max(...sorted.map(({ value }) => Math.abs(value)), 1e-9)
  const y = scaleLinear().domain([-reach, reach]).range([HEIGHT, 0])
  const width = WIDTH / sorted.length
  const worse = sorted.filter(({ value }) => value < 0).length
  const better = sorted.filter(({ value }) => value > 0).length
  const words = say('difference-bars.lower-the-same-higher', {
    cases: say('many.case', { n: worse }),
    sorted: sorted.length - worse - better,
    better,
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
          cases: say('many.case', { n: sorted.length }),
          words,
        })}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-[120px] w-full cursor-pointer"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const item = sorted[Math.floor(((event.clientX - box.left) / box.width) * sorted.length)]
          if (item) onChoose(item.id)
        }}
      >
        {sorted.map(({ id, value }, index) => (
          <rect
            key={id}
            x={index * width}
            width={Math.max(0.6, width - (width > 4 ? 1 : 0))}
            y={value >= 0 ? y(value) : y(0)}
            height={Math.max(1, Math.abs(y(value) - y(0)))}
            fill={id === chosen ? 'var(--text)' : value < 0 ? 'var(--arm-control)' : 'var(--arm-candidate)'}
          >
            <title>{`${id}: ${differenceInUnit(value, unit)}`}</title>
          </rect>
        ))}
        <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} stroke="var(--border-strong)" vectorEffect="non-scaling-stroke" />
      </svg>
    </figure>
  )
}
