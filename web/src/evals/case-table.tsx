/** The cases of an experiment as rows. */
import { useMemo } from 'react'
import type { ExperimentRow } from '../../../sdk/index.ts'
import { differenceInUnit, inUnit } from '../data/format.ts'
import { type Column, RowTable } from '../ui/row-table.tsx'
import { say } from '../words/say.ts'
import { questionOf } from './questions.ts'

type Props = {
  rows: readonly ExperimentRow[]
  evaluator: string
  unit: string
  hasControl: boolean
  chosen: string | undefined
  onChoose: (example: string) => void
  onEnd: (() => void) | undefined
}

export function CaseTable({ rows, chosen, onChoose, onEnd, evaluator, unit, hasControl }: Props) {
  const columns = useMemo(
    () => columnsOf({ evaluator, unit, hasControl }, onChoose),
    [evaluator, unit, hasControl, onChoose],
  )
  return (
    <RowTable
      label={say('case-table.cases')}
      grid={'grid-cols-[minmax(0,1fr)_5.5rem] md:grid-cols-[minmax(0,1fr)_6rem_6rem_6rem_5rem]'}
      rows={rows}
      columns={columns}
      keyOf={({ example, repeat }) => `${example}#${repeat}`}
      isChosen={({ example }) => example === chosen}
      onEnd={onEnd}
    />
  )
}

function columnsOf(
  { evaluator, unit, hasControl }: Pick<Props, 'evaluator' | 'unit' | 'hasControl'>,
  onChoose: Props['onChoose'],
): Column<ExperimentRow>[] {
  const written = (value: number | null): string => (value === null ? '–' : inUnit(value, unit))
  const scoreOf = ({ scores }: ExperimentRow): number | null => scores[evaluator]?.score ?? null
  return [
    {
      name: say('case-table.question'),
      cell: (row) => (
        <button type="button" onClick={() => onChoose(row.example)} className="block w-full truncate rounded text-left">
          {questionOf(row.input)}
        </button>
      ),
    },
    {
      name: hasControl ? 'control' : '',
      isNumber: true,
      isWide: true,
      cell: (row) => {
        const score = scoreOf(row)
        return hasControl && score !== null && row.difference !== null ? written(score - row.difference) : ''
      },
    },
    { name: say('case-table.candidate'), isNumber: true, isWide: true, cell: (row) => written(scoreOf(row)) },
    {
      name: hasControl ? 'difference' : 'score',
      isNumber: true,
      cell: (row) => {
        if (!hasControl) return written(scoreOf(row))
        if (row.difference === null) return '–'
        return (
          <span className={row.difference > 0 ? 'text-candidate' : ''}>{differenceInUnit(row.difference, unit)}</span>
        )
      },
    },
    {
      name: say('case-table.answer'),
      isNumber: true,
      isWide: true,
      cell: ({ error, abstained }) => (
        <span className="text-muted">
          {error ? say('case-table.failed') : abstained ? say('case-table.abstained') : ''}
        </span>
      ),
    },
  ]
}
