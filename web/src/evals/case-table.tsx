// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: the button in the row takes the focus
/** The cases as rows; only those in view exist, so that a hundred thousand scroll as well as ten. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { ExperimentRow } from '../../../sdk/index.ts'
import { differenceInUnit, inUnit } from '../data/format.ts'
import { questionOf } from './questions.ts'

const ROW = 32
const HEIGHT = 420
const COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_5.5rem] md:grid-cols-[minmax(0,1fr)_6rem_6rem_6rem_5rem] gap-x-3 items-center px-2'

type Props = {
  rows: readonly ExperimentRow[]
  evaluator: string
  unit: string
  hasControl: boolean
  chosen: string | undefined
  onChoose: (example: string) => void
}

export function CaseTable({ rows, evaluator, unit, hasControl, chosen, onChoose }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  return (
    <div role="table" aria-label="Cases" aria-rowcount={rows.length + 1}>
      <div role="row" className={`${COLUMNS} h-8 border-b border-line text-muted`}>
        <span role="columnheader">question</span>
        <span role="columnheader" className="hidden text-right md:block">
          {hasControl ? 'control' : ''}
        </span>
        <span role="columnheader" className="hidden text-right md:block">
          candidate
        </span>
        <span role="columnheader" className="text-right">
          {hasControl ? 'difference' : 'score'}
        </span>
        <span role="columnheader" className="hidden text-right md:block">
          answer
        </span>
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        className="overflow-y-auto"
        style={{ height: Math.min(HEIGHT, rows.length * ROW + 2) }}
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (!row) return null
            const score = row.scores[evaluator]?.score ?? null
            return (
              <div
                key={`${row.example}#${row.repeat}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={chosen === row.example}
                data-row
                className={`${COLUMNS} absolute inset-x-0 top-0 h-8 border-b border-line hover:bg-hover aria-selected:bg-selected`}
                style={{ transform: `translateY(${start}px)` }}
              >
                <span role="cell" className="min-w-0">
                  <button
                    type="button"
                    onClick={() => onChoose(row.example)}
                    className="block w-full truncate rounded text-left"
                  >
                    {questionOf(row.input)}
                  </button>
                </span>
                <span role="cell" className="hidden text-right md:block">
                  {hasControl && score !== null && row.difference !== null ? inUnit(score - row.difference, unit) : ''}
                </span>
                <span role="cell" className="hidden text-right md:block">
                  {score === null ? '–' : inUnit(score, unit)}
                </span>
                <span
                  role="cell"
                  className={`text-right ${row.difference !== null && row.difference > 0 ? 'text-candidate' : ''}`}
                >
                  {hasControl
                    ? row.difference === null
                      ? '–'
                      : differenceInUnit(row.difference, unit)
                    : score === null
                      ? '–'
                      : inUnit(score, unit)}
                </span>
                <span role="cell" className="hidden truncate text-right text-muted md:block">
                  {row.error ? 'failed' : row.abstained ? 'abstained' : ''}
                </span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
