/** A form for one row of a document, from a list of its fields. */
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

export type Row = Readonly<Record<string, unknown>>

export type FieldPlan = {
  readonly key: string
  readonly label: string
  readonly kind: 'text' | 'long' | 'number' | 'date' | 'lines' | 'choice' | 'level' | 'yes'
  readonly hint?: string
  readonly required?: boolean
  readonly options?: readonly (readonly [value: string, label: string])[]
}

export function RowForm({
  title,
  fields,
  row,
  busy,
  failure,
  onSave,
  onRemove,
  onClose,
}: {
  title: string
  fields: readonly FieldPlan[]
  row: Row
  busy: boolean
  failure: unknown
  onSave: (row: Row) => void
  onRemove?: (() => void) | undefined
  onClose: () => void
}) {
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(fields.map(({ key, kind }) => [key, textOf(row[key], kind)])),
  )
  return (
    <Dialog title={title} onClose={onClose} width="max-w-[44rem]">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const filled = fields.map(({ key, kind }) => [key, typedValue(texts[key] ?? '', kind)] as const)
          onSave({ ...row, ...Object.fromEntries(filled) })
        }}
      >
        <div className="grid gap-4 md:grid-cols-2">
          {fields.map((field) => (
            <div key={field.key} className={field.kind === 'long' || field.kind === 'lines' ? 'md:col-span-2' : ''}>
              <FormField
                field={field}
                value={texts[field.key] ?? ''}
                onChange={(value) => setTexts({ ...texts, [field.key]: value })}
              />
            </div>
          ))}
        </div>
        {failure !== null && failure !== undefined && <Trouble failure={failure} />}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="primary" busy={busy}>
            {say('row-form.keep')}
          </Button>
          <Button onClick={onClose}>{say('row-form.close')}</Button>
          {onRemove && (
            <Button tone="quiet" className="ml-auto" onClick={onRemove}>
              {say('row-form.remove')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}

function FormField({ field, value, onChange }: { field: FieldPlan; value: string; onChange: (value: string) => void }) {
  const { label, hint, kind, required = false, options = [] } = field
  const common = { label, hint, value, onChange }
  if (kind === 'choice' || kind === 'level')
    return <Choice {...common} options={[['', say('row-form.not-said')], ...options]} />
  if (kind === 'yes')
    return (
      <Choice
        {...common}
        options={[
          ['', say('row-form.not-said')],
          ['yes', say('row-form.yes')],
          ['no', say('row-form.no')],
        ]}
      />
    )
  if (kind === 'long' || kind === 'lines')
    return (
      <TextArea
        {...common}
        hint={kind === 'lines' ? (hint ?? say('row-form.one-a-line')) : hint}
        rows={kind === 'lines' ? 2 : 3}
      />
    )
  return <TextField {...common} required={required} type={kind === 'text' ? 'text' : kind} />
}

function textOf(value: unknown, kind: FieldPlan['kind']): string {
  if (value === null || value === undefined) return ''
  if (kind === 'yes') return value === true ? 'yes' : 'no'
  return Array.isArray(value) ? value.join('\n') : String(value)
}

function typedValue(text: string, kind: FieldPlan['kind']): unknown {
  if (text.trim() === '') return undefined
  if (kind === 'number' || kind === 'level') return Number(text)
  if (kind === 'yes') return text === 'yes'
  if (kind === 'lines')
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  return text.trim()
}
