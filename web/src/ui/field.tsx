/** Fields with their label above and a hint below. */
import { type ReactNode, useId } from 'react'

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
  autoComplete,
  onEnter,
}: FieldProps & {
  type?: string
  required?: boolean
  min?: number
  max?: number
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
}: FieldProps & { rows?: number; minLength?: number }) {
  const id = useId()
  return (
    <Labelled id={id} label={label} hint={hint}>
      <textarea
        id={id}
        rows={rows}
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
