/** One question of the assessment: options to choose from or a number, and always "I do not know". */
import { useId } from 'react'
import { Explained } from '../ui/explained.tsx'
import { say } from '../words/say.ts'
import type { Answers, Question } from './queries.ts'

type Answer = Answers[string] | undefined

export function QuestionField({
  question,
  answer,
  onChange,
  disabled = false,
}: {
  question: Question
  answer: Answer
  onChange: (answer: string | number | null) => void
  disabled?: boolean
}) {
  return question.kind === 'number' ? (
    <NumberQuestion question={question} answer={answer} onChange={onChange} disabled={disabled} />
  ) : (
    <ChoiceQuestion question={question} answer={answer} onChange={onChange} disabled={disabled} />
  )
}

type Inner = {
  question: Question
  answer: Answer
  onChange: (answer: string | number | null) => void
  disabled: boolean
}

function ChoiceQuestion({ question: { id, label, help, options, test }, answer, onChange, disabled }: Inner) {
  const hint = useId()
  return (
    <fieldset aria-describedby={hint} disabled={disabled} className="prose-width">
      <legend className="font-medium">{label}</legend>
      <p id={hint} className="text-muted">
        <Explained text={help} />
      </p>
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        {[...options, { value: 'unknown', label: say('question-field.i-do-not-know') }].map(
          ({ value, label: words }) => (
            <label
              key={value}
              className="relative flex min-h-8 items-center gap-2 rounded border border-line px-2.5 py-1 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name={id}
                className="accent-(--accent)"
                value={value}
                checked={answer === value}
                onChange={() => onChange(value)}
              />
              {words}
            </label>
          ),
        )}
        {answer !== undefined && answer !== null && !disabled && (
          <button type="button" className="px-1.5 text-muted underline" onClick={() => onChange(null)}>
            {say('question-field.clear')}
            <span className="sr-only"> {say('question-field.the-answer-to', { label })}</span>
          </button>
        )}
      </div>
      {answer === 'unknown' && <FindOut test={test} />}
    </fieldset>
  )
}

function NumberQuestion({ question: { label, help, unit, test }, answer, onChange, disabled }: Inner) {
  const id = useId()
  return (
    <div className="prose-width">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <p id={`${id}-hint`} className="text-muted">
        <Explained text={help} />
      </p>
      <div className="mt-1.5 flex flex-wrap items-center gap-3">
        <span className="flex items-center gap-2">
          <input
            id={id}
            type="number"
            min={0}
            step="any"
            disabled={disabled || answer === 'unknown'}
            aria-describedby={`${id}-hint`}
            className="field w-32"
            value={typeof answer === 'number' ? answer : ''}
            onChange={({ target: { value } }) => onChange(value === '' ? null : Math.max(0, Number(value)))}
          />
          {unit && <span className="text-muted">{unit}</span>}
        </span>
        <label className="flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            className="accent-(--accent)"
            disabled={disabled}
            checked={answer === 'unknown'}
            onChange={({ target }) => onChange(target.checked ? 'unknown' : null)}
          />
          {say('question-field.i-do-not-know')}
        </label>
      </div>
      {answer === 'unknown' && <FindOut test={test} />}
    </div>
  )
}

const FindOut = ({ test }: { test: string }) => (
  <p className="mt-1.5 border-l-2 border-line-strong pl-2.5">
    <span className="font-medium">{say('question-field.to-find-out')}</span> <Explained text={test} />
  </p>
)
