/** The fields of an answer: consent first, then the tasks, a rating and what else there is to say. */
import { TextArea } from '../ui/field.tsx'
import { say } from '../words/say.ts'

type Outcome = 'done' | 'with-help' | 'failed'
export type Said = {
  rating: number
  comment: string
  results: { task: string; outcome: Outcome }[]
  consent: boolean
}
export const NOTHING_SAID: Said = { rating: 0, comment: '', results: [], consent: false }

const OUTCOMES: readonly (readonly [Outcome, string])[] = [
  ['done', say('said-fields.it-worked')],
  ['with-help', say('said-fields.with-help')],
  ['failed', say('said-fields.it-did-not-work')],
]
const RATINGS = [
  say('said-fields.very-bad'),
  say('said-fields.bad'),
  say('said-fields.so-so'),
  say('said-fields.good'),
  say('said-fields.very-good'),
]

export function SaidFields({
  trial: { consent, tasks, retentionDays },
  said,
  onChange,
  agree,
}: {
  trial: { consent: string; tasks: readonly { id: string; text: string }[]; retentionDays: number }
  said: Said
  onChange: (said: Said) => void
  agree: string
}) {
  return (
    <>
      <div className="rounded border border-line px-4 py-3">
        <p className="text-muted">{agree}</p>
        <p className="my-2 whitespace-pre-line">{consent}</p>
        <p className="text-muted">{say('said-fields.names-and-comments-are-deleted-days', { retentionDays })}</p>
        <label className="mt-2 flex min-h-8 items-center gap-2 font-medium">
          <input
            type="checkbox"
            required
            checked={said.consent}
            onChange={() => onChange({ ...said, consent: !said.consent })}
          />
          {say('said-fields.yes-i-agree')}
        </label>
      </div>
      {tasks.map(({ id, text }) => (
        <Choices
          key={id}
          legend={text}
          name={id}
          value={said.results.find(({ task }) => task === id)?.outcome}
          options={OUTCOMES}
          onChange={(outcome) =>
            onChange({
              ...said,
              results: [...said.results.filter(({ task }) => task !== id), { task: id, outcome }],
            })
          }
        />
      ))}
      <Choices
        legend={say('said-fields.how-was-it-all-in-all')}
        name="rating"
        required
        value={said.rating || undefined}
        options={RATINGS.map((label, at) => [at + 1, label] as const)}
        onChange={(rating) => onChange({ ...said, rating })}
      />
      <TextArea
        label={say('said-fields.what-went-well-and-what-did')}
        hint={say('said-fields.names-of-other-people-do-not')}
        rows={4}
        value={said.comment}
        onChange={(comment) => onChange({ ...said, comment })}
      />
    </>
  )
}

function Choices<Value extends string | number>({
  legend,
  name,
  value,
  options,
  onChange,
  required = false,
}: {
  legend: string
  name: string
  value: Value | undefined
  options: readonly (readonly [Value, string])[]
  onChange: (value: Value) => void
  required?: boolean
}) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-5">
        {options.map(([one, label]) => (
          <label key={one} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name={name}
              required={required}
              checked={value === one}
              onChange={() => onChange(one)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
