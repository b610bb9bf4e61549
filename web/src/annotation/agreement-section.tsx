/** How far people agree: on everything, week by week, and each two of them. */
import type { Agreement, AnnotationQueue } from '../../../sdk/index.ts'
import { IntervalFigure } from '../charts/interval.tsx'
import { number, percent } from '../data/format.ts'
import { useNames } from '../data/queries.ts'
import { Section } from '../ui/page.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { agreementWords } from './agreement-words.ts'

export function AgreementSection({
  queue,
  agreement,
  of = 'answers',
}: {
  queue: Pick<AnnotationQueue, 'labelsPerItem'>
  agreement: Agreement
  /** What people label. */
  of?: string
}) {
  const { items, same, alpha, interval, weeks, pairs } = agreement
  if (queue.labelsPerItem === 1)
    return (
      <Section title={say('agreement-section.how-far-people-agree')}>
        <p className="prose-width text-muted">
          {sayWith('agreement-section.one-person-labels-each-of-the-so', { of })}
        </p>
      </Section>
    )
  return (
    <Section
      title={say('agreement-section.how-far-people-agree')}
      count={items}
      note={say('agreement-section.with-two-labels-or-more', { of })}
    >
      <p className="prose-width mb-3">{agreementWords(agreement, of)}</p>
      {alpha !== null && interval && (
        <p className="mb-3 flex flex-wrap items-center gap-x-3">
          <span className="text-muted">
            <Term of="agreement">{say('agreement-section.agreement')}</Term>
          </span>
          <span className="text-prose">{number(alpha, 2)}</span>
          <IntervalFigure value={alpha} interval={interval} say={(one) => number(one, 2)} />
          {same !== null && (
            <span className="text-muted">{say('agreement-section.the-same-word-on', { same: percent(same, 0) })}</span>
          )}
        </p>
      )}
      <div className="grid gap-x-12 gap-y-6 md:grid-cols-2">
        {weeks.length > 1 && <Weeks weeks={weeks} />}
        {pairs.length > 0 && <Pairs pairs={pairs} />}
      </div>
    </Section>
  )
}

function Weeks({ weeks }: Pick<Agreement, 'weeks'>) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('agreement-section.week-from')}</th>
          <th scope="col" className="num">
            {say('agreement-section.answers')}
          </th>
          <th scope="col" className="num">
            {say('agreement-section.agreement')}
          </th>
          <th scope="col">
            <span className="sr-only">{say('agreement-section.as-a-bar')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {weeks.map(({ from, items, alpha }) => (
          <tr key={from}>
            <td className="whitespace-nowrap">{from}</td>
            <td className="num">{number(items)}</td>
            <td className="num">{alpha === null ? '–' : number(alpha, 2)}</td>
            <td className="w-32">
              <span
                aria-hidden
                className="block h-2 rounded-full bg-accent"
                style={{ width: `${Math.max(0, alpha ?? 0) * 100}%` }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Pairs({ pairs }: Pick<Agreement, 'pairs'>) {
  const nameOf = useNames()
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('agreement-section.two-people')}</th>
          <th scope="col" className="num">
            {say('agreement-section.agreement')}
          </th>
          <th scope="col" className="num">
            <Term of="n">n</Term>
          </th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ one, other, n, kappa, interval }) => (
          <tr key={`${one} ${other}`}>
            <td>
              {nameOf(one)}, {nameOf(other)}
            </td>
            <td className="num whitespace-nowrap" title={say('agreement-section.cohens-kappa')}>
              {kappa === null ? '–' : number(kappa, 2)}
              {interval && (
                <span className="text-muted">
                  {' '}
                  {say('agreement-section.to', { low: number(interval.low, 2), high: number(interval.high, 2) })}
                </span>
              )}
            </td>
            <td className="num" title={say('many.answer', { n })}>
              {number(n)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
