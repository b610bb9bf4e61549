/** Compared models summed up under weights that somebody sets here: who leads, how surely, and what would turn it. */
import { useQuery } from '@tanstack/react-query'
import { modelWeighing } from '../data/model-queries.ts'
import { TextLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { cardHref } from './approval-tag.tsx'

const CRITERIA = [
  ['quality', 'quality'],
  ['cost', say('weighing-section.cost-a-task')],
  ['latency', say('weighing-section.time-of-an-answer')],
  ['firstToken', say('weighing-section.first-token')],
  ['effort', say('weighing-section.hours-of-people')],
  ['approval', 'approved'],
] as const
type Criterion = (typeof CRITERIA)[number][0]
const WORDS: Readonly<Record<Criterion, string>> = Object.fromEntries(CRITERIA) as Record<Criterion, string>

const LEVELS = [
  ['0', say('weighing-section.does-not-count')],
  ['1', say('weighing-section.1-a-little')],
  ['2', '2'],
  ['3', say('weighing-section.3-as-usual')],
  ['5', '5, much'],
  ['8', '8'],
  ['10', say('weighing-section.10-above-all')],
] as const

export type ChosenWeights = Record<Criterion, string>
export const FIRST_WEIGHTS: ChosenWeights = {
  ...{ quality: '5', cost: '3', latency: '0', firstToken: '0', effort: '0', approval: '0' },
}

/** As they are asked with; undefined while none counts. */
export function weightsOf(chosen: ChosenWeights): Record<Criterion, number> | undefined {
  const given = Object.fromEntries(Object.entries(chosen).map(([criterion, weight]) => [criterion, Number(weight)]))
  return Object.values(given).some((weight) => weight > 0) ? (given as Record<Criterion, number>) : undefined
}

export function WeighingSection({
  application,
  suite,
  weights,
  setWeights,
}: {
  application: string
  suite: string
  weights: ChosenWeights
  setWeights: (weights: ChosenWeights) => void
}) {
  const given = weightsOf(weights)
  const query = useQuery({
    ...modelWeighing({ application, suite, weights: given ?? {} }),
    enabled: given !== undefined,
  })
  return (
    <Section
      title={say('weighing-section.what-counts-for-you')}
      note={say('weighing-section.each-figure-as-its-share-of-the')}
    >
      <div className="mb-4 grid max-w-[44rem] grid-cols-2 gap-4 md:grid-cols-3">
        {CRITERIA.map(([criterion, label]) => (
          <Choice
            key={criterion}
            label={label}
            value={weights[criterion]}
            onChange={(value) => setWeights({ ...weights, [criterion]: value })}
            options={LEVELS}
          />
        ))}
      </div>
      {given === undefined ? (
        <p className="text-muted">{say('weighing-section.let-one-of-them-count')}</p>
      ) : (
        <Loaded query={query} rows={3}>
          {({ items, clear, turns }) => (
            <>
              <table className="data-table">
                <thead>
                  <tr>
                    <th scope="col">{say('weighing-section.model')}</th>
                    <th scope="col">{say('weighing-section.total-and-where-it-may-lie')}</th>
                    <th scope="col" className="num">
                      {say('weighing-section.of-100')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ model, total, low, high }) => (
                    <tr key={model}>
                      <td className="break-words">
                        <TextLink href={cardHref(model)}>{model}</TextLink>
                      </td>
                      <td className="w-1/2">
                        <Range low={low} total={total} high={high} />
                      </td>
                      <td className="num whitespace-nowrap">
                        {total === null ? say('weighing-section.not-known') : Math.round(total * 100)}
                        <p className="text-muted">
                          {Math.round(low * 100)} – {Math.round(high * 100)}
                        </p>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <p className="prose-width mt-3">
                {clear === null
                  ? say('weighing-section.the-lead-is-open-what-is-not')
                  : say('weighing-section.leads-whatever-is-not-measured', { clear })}
              </p>
              {turns.map(({ criterion, from, to, leads }) => (
                <p key={criterion} className="prose-width text-muted">
                  {sayWith('weighing-section.with-at-instead-of-would-lead', {
                    criterion: WORDS[criterion],
                    to: to.toFixed(1),
                    from,
                    leads,
                  })}
                </p>
              ))}
            </>
          )}
        </Loaded>
      )}
    </Section>
  )
}

/** The range as a bar from 0 to 1, with a mark at the total. */
function Range({ low, total, high }: { low: number; total: number | null; high: number }) {
  const percent = (value: number) => `${(value * 100).toFixed(1)}%`
  return (
    <div className="relative h-3 rounded bg-hover" aria-hidden>
      <div
        className="absolute inset-y-0 rounded bg-accent opacity-40"
        style={{ left: percent(low), width: percent(Math.max(0.005, high - low)) }}
      />
      {total !== null && (
        <div className="absolute inset-y-0 w-0.5 bg-accent" style={{ left: percent(Math.min(total, 0.995)) }} />
      )}
    </div>
  )
}
