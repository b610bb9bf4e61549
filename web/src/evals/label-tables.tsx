/** Labels of one arm: how each was found, and what was told in its place. */
import type { ClassFigures } from '../../../sdk/index.ts'
import { number, percent } from '../data/format.ts'
import { Scrollable } from '../ui/scrollable.tsx'
import { say } from '../words/say.ts'

type Arm = ClassFigures['arms'][number]

const MOST_LABELS = 30

export function LabelTable({ classes }: Pick<Arm, 'classes'>) {
  return (
    <Scrollable className="overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('label-tables.label')}</th>
            {[
              say('label-tables.expected'),
              say('label-tables.told'),
              say('label-tables.precision'),
              say('label-tables.recall'),
              say('label-tables.f1'),
            ].map((title) => (
              <th key={title} scope="col" className="num">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.slice(0, MOST_LABELS).map(({ label, support, told, precision, recall, f1 }) => (
            <tr key={label}>
              <th scope="row" className="!font-normal !text-text">
                {label}
              </th>
              <td className="num">{number(support)}</td>
              <td className="num">{number(told)}</td>
              {Object.entries({ precision, recall, f1 }).map(([name, { value, interval }]) => (
                <td key={name} className="num whitespace-nowrap">
                  {percent(value)}
                  {interval && (
                    <span className="block text-muted">
                      {say('classes-section.to', { low: percent(interval.low), high: percent(interval.high) })}
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {classes.length > MOST_LABELS && (
        <p className="mt-1 text-muted">{say('label-tables.more', { n: number(classes.length - MOST_LABELS) })}</p>
      )}
    </Scrollable>
  )
}

/** Rows are what was expected, columns what was told; the more of a row in a cell, the darker. */
export function ConfusionTable({ arm, shown, others }: { arm: Arm; shown: readonly string[]; others: number }) {
  const columns = [
    ...shown,
    ...(others > 0 ? [say('label-tables.others', { n: number(others) })] : []),
    say('label-tables.none-of-the-labels'),
  ]
  const isSeen = (at: number) =>
    at < shown.length || arm.confusion.some((row) => (row[at] ?? 0) > 0) || (arm.confusion[at] ?? []).some((n) => n > 0)
  const places = columns.map((_, at) => at).filter(isSeen)
  return (
    <Scrollable className="overflow-x-auto">
      <table className="data-table">
        <caption className="pb-1 text-left text-muted">{say('label-tables.expected-down-told-across')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('label-tables.expected')}</th>
            {places.map((at) => (
              <th key={columns[at]} scope="col" className="num">
                {columns[at]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((at) => {
            const row = arm.confusion[at] ?? []
            const total = row.reduce((sum, n) => sum + n, 0)
            if (total === 0) return null
            return (
              <tr key={columns[at]}>
                <th scope="row" className="!font-normal !text-text">
                  {columns[at]}
                </th>
                {places.map((to) => (
                  <td
                    key={columns[to]}
                    className={`num ${to === at ? 'font-medium' : ''} ${row[to] ? '' : 'text-muted'}`}
                    style={{ background: shadeOf((row[to] ?? 0) / total, to === at) }}
                  >
                    {number(row[to] ?? 0)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scrollable>
  )
}

/** Light enough for the text on it in either theme. */
const shadeOf = (share: number, isRight: boolean): string | undefined =>
  share === 0
    ? undefined
    : `color-mix(in srgb, var(${isRight ? '--color-pass' : '--color-fail'}) ${Math.round(18 * share)}%, transparent)`
