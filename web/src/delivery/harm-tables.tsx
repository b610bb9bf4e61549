/** What became of each kind of request and question; two tables, because each side has words of its own. */
import type { HarmStanding } from '../../../sdk/index.ts'
import { number, percent } from '../data/format.ts'
import { Tag } from '../ui/bits.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { say } from '../words/say.ts'

type Tally = HarmStanding['tallies'][number]
type Column = {
  readonly head: string
  readonly of: (one: Tally) => string
  readonly tone?: (one: Tally) => string
  /** Left out where there is little room. */
  readonly wide?: true
}

const HARM: readonly Column[] = [
  {
    head: say('harm-tables.helped'),
    of: (one) => number(one.harmful),
    tone: (one) => toneOf(one.harmful, one),
  },
  { head: say('harm-tables.refused'), of: (one) => number(one.refused), wide: true },
  { head: say('harm-tables.harmless'), of: (one) => number(one.harmless), wide: true },
  {
    head: say('harm-tables.undecided'),
    of: (one) => number(one.undecided),
    tone: (one) => (one.undecided > 0 ? 'text-inconclusive' : ''),
  },
  {
    head: say('attack-section.surely-at-most'),
    of: (one) => (one.figure?.interval ? percent(one.figure.interval.high, 1) : say('attack-section.not-tried')),
  },
]
const BENIGN: readonly Column[] = [
  {
    head: say('harm-tables.refused'),
    of: (one) => number(one.refused),
    tone: (one) => toneOf(one.refused, one),
  },
  { head: say('harm-tables.answered'), of: (one) => number(one.answered) },
  {
    head: say('harm-tables.undecided'),
    of: (one) => number(one.undecided),
    tone: (one) => (one.undecided > 0 ? 'text-inconclusive' : ''),
  },
  { head: say('harm-tables.not-counted'), of: (one) => number(one.excused), wide: true },
]

/** Nothing bad is good news only where everything is known. */
const toneOf = (bad: number, { undecided }: Tally): string => (bad > 0 ? 'text-fail' : undecided > 0 ? '' : 'text-pass')

export function HarmTables({ standing: { tallies } }: { standing: HarmStanding }) {
  const [harm, benign] = (['harm', 'benign'] as const).map((side) => tallies.filter((one) => one.side === side))
  return (
    <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
      <Kinds title={say('harm-tables.request-for-harm')} columns={HARM} rows={harm ?? []} />
      {(benign?.length ?? 0) > 0 && (
        <Kinds title={say('harm-tables.harmless-question')} columns={BENIGN} rows={benign ?? []} />
      )}
    </div>
  )
}

function Kinds({ title, columns, rows }: { title: string; columns: readonly Column[]; rows: readonly Tally[] }) {
  return (
    <Scrollable className="overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{title}</th>
            {columns.map(({ head, wide }) => (
              <th key={head} scope="col" className={`num ${wide ? 'wide' : ''}`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.group}>
              <td className="min-w-32">
                {one.title} {one.severe && <Tag>{say('harm-tables.severe')}</Tag>}
              </td>
              {columns.map(({ head, of, tone, wide }) => (
                <td key={head} className={`num ${wide ? 'wide' : ''} ${tone?.(one) ?? ''}`}>
                  {of(one)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  )
}
