/** Everything about one check that somebody may want to know before arguing with it: why, how, whose figures, how old. */
import type { Check, Finding } from '../../../sdk/index.ts'
import { list, minutes, sentence } from '../data/format.ts'
import { Tag } from '../ui/bits.tsx'
import { Facts } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { say } from '../words/say.ts'
import { asked } from './asked-words.ts'

type Requirement = Check['requires'][number]

const BASIS: Readonly<Record<Requirement['basis'], string>> = {
  default: say('about-check.our-default-no-standard-prescribes-it'),
  rule: say('about-check.follows-from-the-question'),
  charter: say('about-check.the-charters-own-target'),
  overlay: say('about-check.tightened-by-this-application'),
}
const MODES: Readonly<Record<Check['mode'], string>> = {
  auto: say('about-check.computed-from-evidence'),
  'auto+person': say('about-check.computed-and-a-person-confirms-it'),
  person: say('about-check.a-person-decides'),
}

export function AboutCheck({ check, finding }: { check: Check; finding: Finding }) {
  return (
    <details className="min-w-0 open:w-full">
      <summary className="min-h-6 rounded leading-6 underline decoration-line-strong underline-offset-3">
        {say('about-check.about-this-check')}
      </summary>
      <div className="mt-2 flex flex-col gap-3 border-l-2 border-line pl-3 text-text">
        <p className="prose-width">
          <Said text={check.rationale} />
        </p>
        {check.invention && (
          <p className="prose-width flex flex-wrap gap-x-2">
            <Tag>{say('about-check.our-own-invention')}</Tag> <Said text={check.invention} />
          </p>
        )}
        <Thresholds requires={check.requires} />
        <p className="prose-width">
          <span className="text-muted">{say('about-check.how')} </span>
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
          <th scope="col">{say('about-check.what-is-asked')}</th>
          <th scope="col">{say('about-check.figure')}</th>
          <th scope="col" className="wide">
            {say('about-check.where-the-figure-comes-from')}
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
  const tiers = {
    A: say('about-check.every-application'),
    L: say('about-check.limited-risk-or-users-outside'),
    H: say('about-check.high-risk'),
  }
  return [
    [say('about-check.asked-of'), `${tiers[tier]}${rule ? `. ${rule.words}` : ''}`],
    [say('about-check.answered-by'), `${MODES[mode]}${signs ? say('about-check.signed-by-the', { signs }) : ''}`],
    [say('about-check.least-trust'), minimumTrust],
    [
      'holds',
      [
        boundTo.length > 0
          ? say('about-check.until-its-changes', { boundTo: list(boundTo) })
          : say('about-check.until-it-is-too-old'),
        ...(maxAgeDays === null ? [] : [say('about-check.at-most-days', { maxAgeDays })]),
      ].join(', '),
    ],
    ...(confirmedBy
      ? ([
          [
            say('about-check.after-a-fail'),
            say('about-check.a-repetition-counts-only-with-at-least', {
              factor: confirmedBy.factor,
              fact: confirmedBy.fact,
            }),
          ],
        ] as const)
      : []),
    ['mode', `${enforcement.mode}${enforcement.until ? ` until ${enforcement.until}` : ''}. ${enforcement.why}`],
    ...(imports.length > 0 ? ([[say('about-check.reports-it-reads'), list(imports)]] as const) : []),
    ['takes', say('about-check.about-of-the', { minutes: minutes(effort.minutes), who: effort.who })],
    [say('about-check.measured-here'), say('about-check.time-for-exactly-these-parts-times-for', { n: runs })],
    [
      'serves',
      standards.length > 0
        ? say('about-check.no-legal-advice', { standards: list(standards) })
        : say('about-check.no-standard-it-is-ours'),
    ],
    [say('about-check.in-the-catalogue'), `since ${since}`],
  ]
}
