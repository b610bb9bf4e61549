/** How well each arm names the label that is expected of it. Read when somebody asks: not every answer is a label. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ClassFigures, Experiment } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number, percent, plus } from '../data/format.ts'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { ComparisonVerdict } from './comparison-verdict.tsx'
import { ConfusionTable, LabelTable } from './label-tables.tsx'
import { isRunning } from './scores.ts'

type Arm = ClassFigures['arms'][number]

export function ClassesSection({ experiment }: { experiment: Experiment }) {
  const [isAsked, setAsked] = useState(false)
  if (isRunning(experiment)) return null
  return (
    <Section title={say('classes-section.by-label')} note={say('classes-section.accuracy-f1-mcc-confusion')}>
      {isAsked ? (
        <Found experiment={experiment} />
      ) : (
        <Button onClick={() => setAsked(true)}>{say('classes-section.count-the-labels')}</Button>
      )}
    </Section>
  )
}

function Found({ experiment: { id, arms } }: { experiment: Experiment }) {
  const query = useQuery({
    queryKey: ['experiment', id, 'classes'],
    queryFn: () => client.getClassFigures({ params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const nameOf = (arm: string) => arms.find((one) => one.arm === arm)?.label ?? arm
  return (
    <Loaded query={query} rows={5}>
      {(found) => (
        <div className="flex flex-col gap-6">
          {found.note !== null && <p className="max-w-[70ch] text-muted">{found.note.replaceAll('`', '')}</p>}
          {found.labels > 0 && <Figures found={found} nameOf={nameOf} />}
          {found.arms
            .filter(({ classes }) => classes.length > 0)
            .map((arm) => (
              <details key={arm.arm}>
                <summary className="cursor-pointer py-1 font-medium">
                  {say('classes-section.labels-of', { arm: nameOf(arm.arm) })}
                </summary>
                <div className="mt-2 flex flex-col gap-5">
                  <LabelTable classes={arm.classes} />
                  <ConfusionTable arm={arm} shown={found.shown} others={found.others} />
                </div>
              </details>
            ))}
        </div>
      )}
    </Loaded>
  )
}

const nameOfFigure = (figure: Arm['figures'][number]['figure']): string =>
  ({
    accuracy: say('classes-section.accuracy'),
    'micro-f1': say('classes-section.micro-f1'),
    'macro-f1': say('classes-section.macro-f1'),
    mcc: say('classes-section.mcc'),
  })[figure]

const asPercent = (figure: string): boolean => figure !== 'mcc'
const written = (figure: string, value: number): string => (asPercent(figure) ? percent(value) : number(value))

function Figures({ found, nameOf }: { found: ClassFigures; nameOf: (arm: string) => string }) {
  const figures = found.arms[0]?.figures ?? []
  return (
    <Scrollable className="overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('classes-section.figure')}</th>
            {found.arms.map(({ arm, n }) => (
              <th key={arm} scope="col">
                {nameOf(arm)} <span className="block">{say('many.answer', { n })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.map(({ figure }, at) => (
            <tr key={figure}>
              <th scope="row" className="!font-normal !text-text">
                {nameOfFigure(figure)}
              </th>
              {found.arms.map((arm) => (
                <td key={arm.arm} className="!align-top">
                  <Cell
                    figure={arm.figures[at]}
                    compared={found.comparisons.find((one) => one.arm === arm.arm)?.comparison[at]}
                    support={Math.min(...arm.classes.map((one) => one.support))}
                  />
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row" className="!font-normal !text-text">
              {say('classes-section.calibration-error')}
            </th>
            {found.arms.map(({ arm, calibration }) => (
              <td key={arm} className="!align-top">
                {calibration ? <Calibration found={calibration} /> : say('format.not-known')}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Scrollable>
  )
}

function Calibration({ found: { error, interval, n } }: { found: NonNullable<Arm['calibration']> }) {
  return (
    <>
      {percent(error)}{' '}
      <span className="text-muted">
        {interval
          ? say('classes-section.to', { low: percent(interval.low), high: percent(interval.high) })
          : say('classes-section.too-few-for-an-interval')}
        , n {number(n)}
      </span>
    </>
  )
}

type Compared = ClassFigures['comparisons'][number]['comparison'][number]

const whyNone = (why: NonNullable<Arm['figures'][number]['noIntervalFor']>, support: number): string =>
  why === 'rare-label'
    ? say('classes-section.no-interval-rarest-label', { n: number(support) })
    : say('classes-section.no-interval-too-few')

function Cell({
  figure,
  compared,
  support,
}: {
  figure: Arm['figures'][number] | undefined
  compared: Compared | undefined
  /** Answers that expect the rarest label. */
  support: number
}) {
  if (!figure || figure.value === null) return <span className="text-muted">{say('classes-section.no-answer')}</span>
  const { interval, value } = figure
  const { difference, verdict, neededN } = compared ?? {}
  return (
    <>
      <p className="whitespace-nowrap">
        {written(figure.figure, value)}{' '}
        <span className="text-muted">
          {interval
            ? say('classes-section.to', {
                low: written(figure.figure, interval.low),
                high: written(figure.figure, interval.high),
              })
            : figure.noIntervalFor === null && say('classes-section.too-few-for-an-interval')}
        </span>
      </p>
      {figure.noIntervalFor && <p className="max-w-[30ch] text-muted">{whyNone(figure.noIntervalFor, support)}</p>}
      {verdict && typeof difference === 'number' && (
        <p className="flex flex-wrap items-center gap-x-2">
          <ComparisonVerdict verdict={verdict} />
          <span className="whitespace-nowrap">
            {asPercent(figure.figure)
              ? say('classes-section.points', { points: plus(number(Math.round(1000 * difference) / 10)) })
              : plus(number(difference))}
          </span>
          {verdict === 'undecided' && typeof neededN === 'number' && (
            <span className="whitespace-nowrap text-muted">
              {say('classes-section.cases-would-decide', { n: number(neededN) })}
            </span>
          )}
        </p>
      )}
    </>
  )
}
