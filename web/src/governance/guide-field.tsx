/** One field of the guided plan, in the form that suits it. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { templates } from '../data/queries.ts'
import { Explained } from '../ui/explained.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { say } from '../words/say.ts'
import { type Answers, type GuideField, guide, kpiPresets, type Question } from './queries.ts'
import { QuestionField } from './question-field.tsx'

type Input = {
  field: GuideField
  question: Question | undefined
  answer: Answers[string] | undefined
  onChange: (answer: string | number | null) => void
}

export function GuideFieldInput({ field, question, answer, onChange }: Input) {
  const { kind, label, help, example, options } = field
  const hint = <Explained text={example ? say('guide-field.for-example', { help, example }) : help} />
  const text = answer === null || answer === undefined ? '' : String(answer)
  if (kind === 'question')
    return question ? <QuestionField question={question} answer={answer} onChange={onChange} /> : null
  if (kind === 'template') return <TemplateField field={field} value={text} onChange={onChange} />
  if (kind === 'kpi') return <KpiField field={field} value={text} onChange={onChange} />
  if (kind === 'choice')
    return <Options name={field.id} label={label} hint={hint} value={text} options={options} onChange={onChange} />
  if (kind === 'long')
    return (
      <div className="prose-width">
        <TextArea label={label} hint={hint} rows={3} value={text} onChange={onChange} />
      </div>
    )
  return (
    <div className={kind === 'number' ? 'max-w-72' : 'prose-width'}>
      <TextField
        label={label}
        hint={hint}
        type={kind}
        {...(kind === 'number' && { min: 0 })}
        value={text}
        onChange={(value) => onChange(kind === 'number' && value !== '' ? Math.max(0, Number(value)) : value)}
      />
    </div>
  )
}

type Chosen = { field: GuideField; value: string; onChange: (answer: string) => void }

function TemplateField(chosen: Chosen) {
  const items = useQuery(templates).data?.items ?? []
  const words = useQuery(guide).data?.templates ?? []
  const options = items.map(({ name, title, description }) => {
    const said = words.find(({ id }) => id === name) ?? { title, says: description }
    return { value: name, label: `${said.title}: ${said.says}` }
  })
  return <Offered {...chosen} options={options} isLong />
}

function KpiField(chosen: Chosen) {
  const presets = useQuery(kpiPresets).data?.presets ?? []
  return <Offered {...chosen} options={presets.map((one) => ({ value: one.id, label: one.title }))} />
}

/** What the installation has to offer. */
const Offered = ({
  field: { id, label, help },
  ...chosen
}: Chosen & { options: readonly { value: string; label: string }[]; isLong?: boolean }) => (
  <Options name={id} label={label} hint={<Explained text={help} />} {...chosen} />
)

function Options({
  name,
  label,
  hint,
  value,
  options,
  onChange,
  isLong = false,
}: {
  name: string
  label: string
  hint: ReactNode
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (answer: string) => void
  isLong?: boolean
}) {
  return (
    <fieldset className="prose-width">
      <legend className="font-medium">{label}</legend>
      <p className="text-muted">{hint}</p>
      <div className={`mt-1.5 flex gap-1.5 ${isLong ? 'flex-col' : 'flex-wrap'}`}>
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-h-8 items-center gap-2 rounded border border-line px-2.5 py-1 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              className="accent-(--accent)"
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
