/** Measures of data, each with its figure, its limit, a word, and what would make it pass. */
import type { Measure } from '../../../sdk/index.ts'
import { number, percent } from '../data/format.ts'
import { VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'

export const MeasureList = ({
  measures,
  places = say('measure-list.rows'),
}: {
  measures: readonly Measure[]
  places?: string
}) => (
  <ul className="flex flex-col gap-3">
    {measures.map((one) => (
      <li key={one.name} className="flex flex-col gap-0.5 border-b border-line pb-2">
        <span className="flex flex-wrap items-center gap-x-3">
          <VerdictMark verdict={one.verdict} />
          <span className="font-medium">{one.label}</span>
          <span className="ml-auto">
            {figureOf(one)}
            <span className="text-muted">{limitOf(one)}</span>
          </span>
        </span>
        <span className="break-words text-muted">
          {one.why}
          {one.rows.length > 0 && ` ${places} ${one.rows.join(', ')}.`}
        </span>
      </li>
    ))}
  </ul>
)

const isShare = (name: string) => /Share$|Valid$|Audit$|HalfWidth$/.test(name)
const shown = (name: string, value: number) => (isShare(name) ? percent(value) : number(value))
const figureOf = ({ name, value, interval }: Measure): string =>
  value === null
    ? '–'
    : `${shown(name, value)}${interval ? ` (${shown(name, interval.low)} to ${shown(name, interval.high)})` : ''}`
const limitOf = ({ name, atLeast, atMost }: Measure): string =>
  atLeast !== null
    ? say('measure-list.of-at-least', { shown: shown(name, atLeast) })
    : atMost !== null
      ? say('measure-list.of-at-most', { shown: shown(name, atMost) })
      : ''
