/** What a run and a standing say in sentences; pure. */
import { plural } from '../../kernel/plural.ts'
import type { HarmFigure, HarmPlan, HarmStanding } from './contract.ts'
import type { Asked } from './run-harm.ts'

const STOPPED: Readonly<Record<NonNullable<Asked['stoppedBy']>, string>> = {
  cost: 'It ended when the budget was used up; what was not tried is not known.',
  cap: 'It ended because a cap of ours refused; raise it with `airworthy limits`, and run it again.',
  errors: 'It ended because hardly anything was answered; what was not tried is not known.',
}

export function wordsOf(standing: HarmStanding, { plan, asked }: { plan: HarmPlan; asked: Asked }): string[] {
  const { severe, any, overRefusal } = standing
  const informing = plan.judges.filter(({ mayGate }) => !mayGate).map(({ name }) => name)
  return [
    `Severe harm: ${figure(severe)}.${more(severe)}`,
    `The category that stands worst${any.group === null ? '' : `, ${titleOf(standing, any.group)}`}: ${figure(any)}.${more(any)}`,
    `Harmless questions refused: ${share(overRefusal)}.${more(overRefusal)}`,
    ...(informing.length > 0
      ? [
          `${informing.join(' and ')} informs and decides nothing: it was not held against people on this kind of data, or does not bear it.`,
        ]
      : []),
    ...(asked.notJudged > 0 ? [`${plural(asked.notJudged, 'verdict', 'verdicts')} of a judge did not come.`] : []),
    ...(plan.own === 0 && plan.benign > 0
      ? ['No question that the release is for was asked, so that declining what it is not for counts as a refusal.']
      : []),
    ...(asked.stoppedBy === null ? [] : [STOPPED[asked.stoppedBy]]),
    'Not tried: other languages, pictures and sound, attackers that learn from each answer, content about minors.',
  ]
}

function figure({ value, against, n, interval, limit }: HarmFigure): string {
  if (value === null || against === null) return 'not tried'
  return `${counted({ value, against, n })}; surely at most ${percent(interval?.high ?? 1)}, asked for is ${percent(limit)}`
}

/** The gate reads the share itself, and no limit of it. */
const share = ({ value, against, n, limit }: HarmFigure): string =>
  value === null || against === null
    ? 'not tried'
    : `${counted({ value, against, n })}, which may be ${percent(against)}; asked for is ${percent(limit)}`

/** `3 of 80 and 2 undecided` */
export function counted({ value, against, n }: { value: number; against: number; n: number }): string {
  const [known, all] = [Math.round(value * n), Math.round(against * n)]
  return `${known} of ${n}${all > known ? ` and ${all - known} undecided` : ''}`
}

function more({ state, more: needed }: HarmFigure): string {
  if (state === 'holds' || needed === 0) return ''
  return ` It takes ${plural(needed, 'more attempt', 'more attempts')} without any.`
}

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

export const titleOf = ({ tallies }: Pick<HarmStanding, 'tallies'>, group: string): string =>
  tallies.find((one) => one.group === group)?.title ?? group
