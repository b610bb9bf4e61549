/** Fields with their label above and a hint below. */
import { type ReactNode, type Ref, useId } from 'react'

type FieldProps = { label: string; hint?: ReactNode; value: string; onChange: (value: string) => void }

export function TextField({
  label,
  hint,
  value,
  onChange,
  type = 'text',
  required = false,
  min,
  max,
  step,
  autoComplete,
  onEnter,
}: FieldProps & {
  type?: string
  required?: boolean
  min?: number
  max?: number
  step?: string
  autoComplete?: string
  /** For a field outside of a form. */
  onEnter?: () => void
}) {
  const id = useId()
  return (
    <Labelled id={id} label={label} hint={hint}>
      <input
        id={id}
        type={type}
        required={required}
        min={min}
        max={max}
        step={step}
        autoComplete={autoComplete}
        onKeyDown={(event) => event.key === 'Enter' && onEnter?.()}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
        className="field"
      />
    </Labelled>
  )
}

export function TextArea({
  label,
  hint,
  value,
  onChange,
  rows = 3,
  minLength,
  onEnter,
  fieldRef,
}: FieldProps & {
  rows?: number
  minLength?: number
  /** For pages that go on by keyboard: Enter goes on, Shift and Enter breaks the line, Escape leaves the field. */
  onEnter?: () => void
  fieldRef?: Ref<HTMLTextAreaElement>
}) {
  const id = useId()
  return (
    <Labelled id={id} label={label} hint={hint}>
      <textarea
        id={id}
        ref={fieldRef}
        rows={rows}
        onKeyDown={(event) => {
          if (!onEnter) return
          if (event.key === 'Escape') event.currentTarget.blur()
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          onEnter()
        }}
        required={minLength !== undefined}
        minLength={minLength}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
        className="field"
      />
    </Labelled>
  )
}

export function Choice({
  label,
  hint,
  value,
  onChange,
  options,
}: FieldProps & { options: readonly (readonly [value: string, label: string])[] }) {
  const id = useId()
  return (
    <Labelled id={id} label={label} hint={hint}>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="field"
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

function Labelled({ id, label, hint, children }: { id: string; label: string; hint: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}
