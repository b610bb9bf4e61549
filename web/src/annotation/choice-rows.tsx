/** What may be said of an answer, as rows to edit: two to nine, each with the key that chooses it. */
import { Plus, X } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { say } from '../words/say.ts'

export type ChoiceRow = { key: string; value: string; meaning: string; isGood: boolean | null }

export const RIGHT_OR_WRONG: readonly ChoiceRow[] = [
  { key: '1', value: 'right', meaning: say('choice-rows.everything-it-says-is-so-and-it'), isGood: true },
  { key: '2', value: 'wrong', meaning: say('choice-rows.something-in-it-is-not-so-or'), isGood: false },
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
      <legend className="mb-1 font-medium">{say('choice-rows.what-may-be-said')}</legend>
      {rows.map(({ key, value, meaning, isGood }, at) => (
        <div
          key={key}
          className="grid grid-cols-[1.5rem_1fr_auto] items-center gap-2 md:grid-cols-[1.5rem_8rem_1fr_9rem_auto]"
        >
          <kbd className="text-center font-mono text-muted">{at + 1}</kbd>
          <input
            aria-label={say('choice-rows.choice', { at: at + 1 })}
            className="field"
            value={value}
            maxLength={60}
            onChange={(event) => change(key, { value: event.target.value })}
          />
          <input
            aria-label={say('choice-rows.what-choice-means', { at: at + 1 })}
            placeholder={say('choice-rows.what-it-means')}
            className="field order-last col-start-2 md:order-none md:col-start-auto"
            value={meaning}
            maxLength={500}
            onChange={(event) => change(key, { meaning: event.target.value })}
          />
          <select
            aria-label={say('choice-rows.what-choice-counts-as', { at: at + 1 })}
            className="field order-last col-start-2 md:order-none md:col-start-auto"
            value={String(isGood)}
            onChange={(event) => change(key, { isGood: JSON.parse(event.target.value) })}
          >
            <option value="true">{say('choice-rows.counts-as-good')}</option>
            <option value="false">{say('choice-rows.counts-as-bad')}</option>
            <option value="null">{say('choice-rows.counts-as-neither')}</option>
          </select>
          <button
            type="button"
            aria-label={say('choice-rows.take-out-choice', { at: at + 1 })}
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
          <Plus size={14} aria-hidden /> {say('choice-rows.one-more')}
        </Button>
        <label className="flex items-center gap-2">
          <input type="checkbox" checked={isOrdered} onChange={(event) => onOrdered(event.target.checked)} />
          {say('choice-rows.they-stand-from-worst-to-best')}
        </label>
      </div>
    </fieldset>
  )
}
