/** What may be said of an answer, as rows to edit: two to nine, each with the key that chooses it. */
import { Plus, X } from 'lucide-react'
import { Button } from '../ui/button.tsx'

export type ChoiceRow = { key: string; value: string; meaning: string; isGood: boolean | null }

export const RIGHT_OR_WRONG: readonly ChoiceRow[] = [
  { key: '1', value: 'right', meaning: 'Everything it says is so, and it answers the question.', isGood: true },
  { key: '2', value: 'wrong', meaning: 'Something in it is not so, or the question is not answered.', isGood: false },
]
const MOST = 9

export const isUsable = (rows: readonly ChoiceRow[]): boolean =>
  rows.every(({ value }) => value.trim() !== '') && new Set(rows.map(({ value }) => value)).size === rows.length

const newKey = (rows: readonly ChoiceRow[]): string => String(1 + Math.max(...rows.map(({ key }) => Number(key))))

type Props = {
  rows: readonly ChoiceRow[]
  onChange: (rows: readonly ChoiceRow[]) => void
  isOrdered: boolean
  onOrdered: (isOrdered: boolean) => void
}

export function ChoiceRows({ rows, onChange, isOrdered, onOrdered }: Props) {
  const change = (key: string, part: Partial<ChoiceRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">What may be said</legend>
      {rows.map(({ key, value, meaning, isGood }, at) => (
        <div
          key={key}
          className="grid grid-cols-[1.5rem_1fr_auto] items-center gap-2 md:grid-cols-[1.5rem_8rem_1fr_9rem_auto]"
        >
          <kbd className="text-center font-mono text-muted">{at + 1}</kbd>
          <input
            aria-label={`Choice ${at + 1}`}
            className="field"
            value={value}
            maxLength={60}
            onChange={(event) => change(key, { value: event.target.value })}
          />
          <input
            aria-label={`What choice ${at + 1} means`}
            placeholder="what it means"
            className="field order-last col-start-2 md:order-none md:col-start-auto"
            value={meaning}
            maxLength={500}
            onChange={(event) => change(key, { meaning: event.target.value })}
          />
          <select
            aria-label={`What choice ${at + 1} counts as`}
            className="field order-last col-start-2 md:order-none md:col-start-auto"
            value={String(isGood)}
            onChange={(event) => change(key, { isGood: JSON.parse(event.target.value) })}
          >
            <option value="true">counts as good</option>
            <option value="false">counts as bad</option>
            <option value="null">counts as neither</option>
          </select>
          <button
            type="button"
            aria-label={`Take out choice ${at + 1}`}
            disabled={rows.length <= 2}
            onClick={() => onChange(rows.filter((row) => row.key !== key))}
            className="grid size-8 place-items-center rounded text-muted hover:bg-hover disabled:opacity-40"
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          disabled={rows.length >= MOST}
          onClick={() => onChange([...rows, { key: newKey(rows), value: '', meaning: '', isGood: null }])}
        >
          <Plus size={14} aria-hidden /> One more
        </Button>
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={isOrdered} onChange={(event) => onOrdered(event.target.checked)} />
          They stand from worst to best
        </label>
      </div>
    </fieldset>
  )
}
