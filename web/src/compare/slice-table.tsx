/** The score that decides, cut by what the suite names: every arm in every slice, with its n. */
import type { ArmsComparison } from '../../../sdk/index.ts'
import { inUnit, number } from '../data/format.ts'
import { Section } from '../ui/page.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { say } from '../words/say.ts'

export function SliceTable({ found, labels }: { found: ArmsComparison; labels: ReadonlyMap<string, string> }) {
  if (found.slices.length === 0) return null
  const unit = found.arms[0]?.scores.find(({ evaluator }) => evaluator === found.primary)?.unit ?? ''
  return (
    <Section
      title={say('slice-table.slices')}
      count={found.slices.length}
      note={say('slice-table.below-30-cases-nothing-is-said', { primary: found.primary })}
    >
      <Scrollable className="overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('slice-table.slice')}</th>
              <th scope="col" className="num">
                {say('slice-table.cases')}
              </th>
              {found.arms.map(({ id }) => (
                <th key={id} scope="col" className="num">
                  {labels.get(id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slices.map(({ by, value, n, isEnough, arms }) => (
              <tr key={`${by} ${value}`}>
                <td>
                  <span className="text-muted">{by}</span> {value}
                </td>
                <td className="num">{number(n)}</td>
                {found.arms.map(({ id }) => {
                  const one = arms.find(({ arm }) => arm === id)
                  return (
                    <td key={id} className="num whitespace-nowrap">
                      {!isEnough || one?.mean == null ? (
                        <span className="text-muted">{isEnough ? '–' : say('slice-table.too-few')}</span>
                      ) : (
                        <>
                          {inUnit(one.mean, unit)}
                          {one.interval && (
                            <span className="block text-muted">
                              {say('slice-table.to', {
                                low: inUnit(one.interval.low, unit),
                                high: inUnit(one.interval.high, unit),
                              })}
                            </span>
                          )}
                        </>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </Section>
  )
}
