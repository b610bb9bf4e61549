// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: what is in the row takes the focus
/** A long table: only the rows in view exist, so that a hundred thousand scroll as well as ten. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, useEffect, useRef } from 'react'

const ROW = 32
const HEIGHT = 420
/** Rows before the end at which the following page is asked for. */
const EARLY = 40

export type Column<Row> = {
  name: string
  cell: (row: Row) => ReactNode
  /** Figures stand to the right. */
  isNumber?: boolean
  /** Left out on a phone. */
  isWide?: boolean
}

type Props<Row> = {
  label: string
  /** Widths of the columns: `grid-cols-…` and `md:grid-cols-…`. */
  grid: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  isChosen?: (row: Row) => boolean
  /** Called when the end comes near and there is more. */
  onEnd?: (() => void) | undefined
}

export function RowTable<Row>({ label, grid, columns, rows, keyOf, isChosen, onEnd }: Props<Row>) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (onEnd && last >= rows.length - EARLY) onEnd()
  }, [onEnd, last, rows.length])
  const line = `grid ${grid} items-center gap-x-3 px-2`
  return (
    <div role="table" aria-label={label} aria-rowcount={onEnd ? -1 : rows.length + 1}>
      <div role="row" className={`${line} h-8 border-b border-line text-muted`}>
        {columns.map((column) => (
          <span key={column.name} role="columnheader" className={`truncate ${placeOf(column)}`}>
            {column.name}
          </span>
        ))}
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: rows without anything to press are scrolled by keyboard as well
        tabIndex={0}
        className="overflow-y-auto"
        style={{ height: Math.min(HEIGHT, rows.length * ROW + 2) }}
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            return (
              <div
                key={keyOf(row)}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={isChosen?.(row)}
                data-row
                className={`${line} absolute inset-x-0 top-0 h-8 border-b border-line hover:bg-hover aria-selected:bg-selected`}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Cells row={row} columns={columns} />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

type CellsOf<Row> = { row: Row; columns: readonly Column<Row>[] }

/** What a row says; drawn again for another row or other columns alone, not for each step of a scroll. */
const Cells = memo(function Cells<Row>({ row, columns }: CellsOf<Row>) {
  return columns.map((column) => (
    <span key={column.name} role="cell" className={`min-w-0 truncate ${placeOf(column)}`}>
      {column.cell(row)}
    </span>
  ))
}) as <Row>(cells: CellsOf<Row>) => ReactNode

const placeOf = ({ isNumber, isWide }: Pick<Column<never>, 'isNumber' | 'isWide'>): string =>
  `${isNumber ? 'text-right' : ''} ${isWide ? 'hidden md:block' : ''}`
