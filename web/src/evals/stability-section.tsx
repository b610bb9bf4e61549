/** How much it matters how a question is asked, or how the prompt is worded: each change with its share, n and interval. */
import { useQuery } from '@tanstack/react-query'
import { Equal, HelpCircle, Shuffle } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Experiment } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { differenceInUnit, number, percent } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { scoreOf } from './scores.ts'

type Wordings = Awaited<ReturnType<typeof client.getWordingStability>>
type Range = { readonly low: number; readonly high: number } | null

const WORDING = /^wording-/

/** Variants of questions have a suite of their own, and wordings are arms. Nothing where the experiment has neither. */
export function StabilitySection({ experiment }: { experiment: Experiment }) {
  if (experiment.state !== 'succeeded') return null
  if (experiment.arms.some(({ arm }) => WORDING.test(arm))) return <WordingTable experiment={experiment} />
  return experiment.suite.endsWith('-stability') ? <QuestionTable experiment={experiment} /> : null
}

function QuestionTable({ experiment }: { experiment: Experiment }) {
  const query = useQuery({
    queryKey: ['experiment', experiment.id, 'stability'],
    queryFn: () => client.getStability({ params: { id: experiment.id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const unit = scoreOf(experiment, experiment.primary)?.unit ?? ''
  return (
    <Section title={say('stability-section.asked-otherwise')} note={say('stability-section.scores-as-its-original')}>
      <Loaded query={query} rows={4}>
        {({ stability: { by, ...all } }) => (
          <StabilityTable what={say('stability-section.changed-by')} verdicts={false}>
            {[[say('stability-section.all'), all] as const, ...Object.entries(by)].map(([kind, of]) => (
              <tr key={kind}>
                <td>{kind}</td>
                <Share value={of.stable} interval={of.interval} />
                <Count n={of.n} missing={of.missing} />
                <td className="wide num">{of.change === null ? '–' : differenceInUnit(of.change, unit)}</td>
              </tr>
            ))}
          </StabilityTable>
        )}
      </Loaded>
    </Section>
  )
}

function WordingTable({ experiment }: { experiment: Experiment }) {
  const query = useQuery({
    queryKey: ['experiment', experiment.id, 'wording-stability'],
    queryFn: () => client.getWordingStability({ params: { id: experiment.id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const unit = scoreOf(experiment, experiment.primary)?.unit ?? ''
  return (
    <Section
      title={say('stability-section.worded-otherwise')}
      note={say('stability-section.scores-as-with-the-prompt')}
    >
      <Loaded query={query} rows={4}>
        {({ wordings, spread }) => (
          <>
            <StabilityTable what={say('stability-section.wording')} verdicts>
              {wordings.map((of) => (
                <tr key={of.arm}>
                  <td>{of.arm.replace(WORDING, '')}</td>
                  <Share value={of.stable} interval={of.interval} />
                  <Count n={of.n} missing={of.missing} />
                  <td className="wide num whitespace-nowrap">
                    {of.change === null ? '–' : differenceInUnit(of.change, unit)}
                    <Between range={of.changeInterval} format={(value) => differenceInUnit(value, unit)} />
                  </td>
                  <td>
                    <Verdict verdict={of.verdict} />
                    {of.moreNeeded !== null && (
                      <span className="block text-muted">
                        {say('stability-section.more-needed', { n: of.moreNeeded })}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </StabilityTable>
            {spread && <p className="mt-2 prose-width">{spreadSentence(spread, unit)}</p>}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function StabilityTable({ what, verdicts, children }: { what: string; verdicts: boolean; children: ReactNode }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{what}</th>
          <th scope="col" className="num">
            {say('stability-section.steady')}
          </th>
          <th scope="col" className="num">
            <Term of="n">n</Term>
          </th>
          <th scope="col" className="wide num">
            <Term of="difference">{say('stability-section.change')}</Term>
          </th>
          {verdicts && <th scope="col">{say('stability-section.verdict')}</th>}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

function Share({ value, interval }: { value: number | null; interval: Range }) {
  return (
    <td className="num">
      {value === null ? '–' : percent(value)}
      <Between range={interval} format={percent} />
    </td>
  )
}

function Count({ n, missing }: { n: number; missing: number }) {
  return (
    <td className="num">
      {number(n)}
      {missing > 0 && (
        <span className="block text-inconclusive">{say('stability-section.missing', { n: missing })}</span>
      )}
    </td>
  )
}

function Between({ range, format }: { range: Range; format: (value: number) => string }) {
  if (!range) return null
  const { low, high } = range
  return <span className="text-muted"> {say('stability-section.to', { low: format(low), high: format(high) })}</span>
}

const MARKS = {
  STEADY: { icon: Equal, tone: 'text-pass' },
  MOVED: { icon: Shuffle, tone: 'text-fail' },
  INCONCLUSIVE: { icon: HelpCircle, tone: 'text-inconclusive' },
} as const

function Verdict({ verdict }: { verdict: keyof typeof MARKS }) {
  const { icon: Icon, tone } = MARKS[verdict]
  return (
    <span className={`inline-flex items-center gap-1 align-middle whitespace-nowrap ${tone}`}>
      <Icon size={14} aria-hidden /> {verdict}
    </span>
  )
}

function spreadSentence(
  { best, worst, difference, interval, n, verdict }: NonNullable<Wordings['spread']>,
  unit: string,
) {
  const named = (arm: string) => (WORDING.test(arm) ? arm.replace(WORDING, '') : say('stability-section.as-it-is'))
  return say('stability-section.spread', {
    best: named(best),
    worst: named(worst),
    difference: differenceInUnit(difference, unit),
    interval: interval
      ? say('stability-section.to', {
          low: differenceInUnit(interval.low, unit),
          high: differenceInUnit(interval.high, unit),
        })
      : '–',
    n: number(n),
    verdict,
  })
}
