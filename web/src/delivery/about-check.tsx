/** Everything about one check that somebody may want to know before arguing with it: why, how, whose figures, how old. */
import type { Check, Finding } from '../../../sdk/index.ts'
import { list, minutes, sentence } from '../data/format.ts'
import { Tag } from '../ui/bits.tsx'
import { Facts } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { asked } from './asked-words.ts'

type Requirement = Check['requires'][number]

const BASIS: Readonly<Record<Requirement['basis'], string>> = {
  default: 'our default; no standard prescribes it',
  rule: 'follows from the question',
  charter: "the charter's own target",
  overlay: 'tightened by this application',
}
const MODES: Readonly<Record<Check['mode'], string>> = {
  auto: 'computed from evidence',
  'auto+person': 'computed, and a person confirms it',
  person: 'a person decides',
}

export function AboutCheck({ check, finding }: { check: Check; finding: Finding }) {
  return (
    <details className="min-w-0 open:w-full">
      <summary className="min-h-6 rounded leading-6 underline decoration-line-strong underline-offset-3">
        about this check
      </summary>
      <div className="mt-2 flex flex-col gap-3 border-l-2 border-line pl-3 text-text">
        <p className="prose-width">
          <Said text={check.rationale} />
        </p>
        {check.invention && (
          <p className="prose-width flex flex-wrap gap-x-2">
            <Tag>our own invention</Tag> <Said text={check.invention} />
          </p>
        )}
        <Thresholds requires={check.requires} />
        <p className="prose-width">
          <span className="text-muted">How: </span>
          <Said text={check.howto} />
        </p>
        <Facts items={factsOf(check, finding)} />
      </div>
    </details>
  )
}

function Thresholds({ requires }: { requires: readonly Requirement[] }) {
  return (
    <table className="data-table max-w-3xl">
      <thead>
        <tr>
          <th scope="col">what is asked</th>
          <th scope="col">figure</th>
          <th scope="col" className="wide">
            where the figure comes from
          </th>
        </tr>
      </thead>
      <tbody>
        {requires.map((requirement) => (
          <tr key={`${requirement.fact}${requirement.bound}${requirement.atMost}`}>
            <td>{sentence(requirement.label)}</td>
            <td className="md:whitespace-nowrap">
              {asked(requirement)}
              <span className="block text-muted md:hidden">{BASIS[requirement.basis]}</span>
            </td>
            <td className="wide text-muted">{BASIS[requirement.basis]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function factsOf(check: Check, { rule, enforcement, runs }: Finding): (readonly [string, string])[] {
  const { tier, minimumTrust, maxAgeDays, boundTo, signs, mode, confirmedBy, imports, standards, effort, since } = check
  const tiers = { A: 'every application', L: 'limited risk, or users outside', H: 'high risk' }
  return [
    ['asked of', `${tiers[tier]}${rule ? `. ${rule.words}` : ''}`],
    ['answered by', `${MODES[mode]}${signs ? `; signed by the ${signs}` : ''}`],
    ['least trust', minimumTrust],
    [
      'holds',
      [
        boundTo.length > 0 ? `until its ${list(boundTo)} changes` : 'until it is too old',
        ...(maxAgeDays === null ? [] : [`at most ${maxAgeDays} days`]),
      ].join(', '),
    ],
    ...(confirmedBy
      ? ([
          [
            'after a fail',
            `a repetition counts only with at least ${confirmedBy.factor} times the ${confirmedBy.fact}`,
          ],
        ] as const)
      : []),
    ['mode', `${enforcement.mode}${enforcement.until ? ` until ${enforcement.until}` : ''}. ${enforcement.why}`],
    ...(imports.length > 0 ? ([['reports it reads', list(imports)]] as const) : []),
    ['takes', `about ${minutes(effort.minutes)} of the ${effort.who}`],
    ['measured here', `${runs} ${runs === 1 ? 'time' : 'times'} for exactly these parts`],
    ['serves', standards.length > 0 ? `${list(standards)}; no legal advice` : 'no standard; it is ours'],
    ['in the catalogue', `since ${since}`],
  ]
}
