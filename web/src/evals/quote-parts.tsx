/** What an experiment takes, and what it took: who is asked what, and money, of which what is unknown is named. */
import type { Experiment, Quote } from '../../../sdk/index.ts'
import { money, number } from '../data/format.ts'
import { Scrollable } from '../ui/scrollable.tsx'
import { say } from '../words/say.ts'

/** `$0.12`, or at least so much where somebody's price is not known. */
export const moneyKnown = (microUsd: string, unpriced: readonly string[]): string =>
  unpriced.length === 0
    ? money(microUsd)
    : say('quote-parts.at-least', { cost: money(microUsd), models: unpriced.join(', ') })

/** Short enough for a button; whose price is not known stands in the table. */
export const quoted = ({ atLeastMicroUsd, unpriced }: Quote): string =>
  unpriced.length === 0 ? money(atLeastMicroUsd) : say('quote-parts.from', { cost: money(atLeastMicroUsd) })
export const spent = ({ spentMicroUsd, spentUnpriced }: Experiment): string => moneyKnown(spentMicroUsd, spentUnpriced)

export function QuoteParts({ quote: { parts, blocked, batch } }: { quote: Quote }) {
  return (
    <>
      {(parts.length > 1 || parts.some(({ costMicroUsd }) => costMicroUsd === null)) && (
        <Scrollable className="overflow-x-auto">
          <table className="data-table">
            <thead>
              <tr>
                <th>{say('quote-parts.for')}</th>
                <th>{say('quote-parts.asked')}</th>
                <th className="text-right">{say('quote-parts.calls')}</th>
                <th className="hidden text-right md:table-cell">{say('quote-parts.tokens-in')}</th>
                <th className="hidden text-right md:table-cell">{say('quote-parts.tokens-out')}</th>
                <th className="text-right">{say('quote-parts.cost')}</th>
              </tr>
            </thead>
            <tbody>
              {parts.map(({ of, model, calls, tokens, costMicroUsd }) => (
                <tr key={`${of} ${model}`}>
                  <td>{PURPOSE[of]()}</td>
                  <td className="break-all">{model}</td>
                  <td className="text-right">{number(calls)}</td>
                  <td className="hidden text-right md:table-cell">{tokens ? number(tokens.input) : '–'}</td>
                  <td className="hidden text-right md:table-cell">{tokens ? number(tokens.output) : '–'}</td>
                  <td className="text-right">{money(costMicroUsd)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
      {batch !== null && (
        <p className="text-muted">
          {say('quote-parts.batches-save', {
            saves: money(batch.savesMicroUsd),
            hours: number(batch.hours),
          })}
        </p>
      )}
      {blocked !== null && <p className="text-fail">{blocked}</p>}
    </>
  )
}

const PURPOSE: Readonly<Record<Quote['parts'][number]['of'], () => string>> = {
  answers: () => say('quote-parts.answers'),
  judges: () => say('quote-parts.judges'),
  vectors: () => say('quote-parts.vectors'),
}
