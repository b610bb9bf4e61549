/** Who has to sign for what. Pure: the same people, duties and signatures give the same answer. */
import type { Duties, Duty } from '../../core/actor.ts'
import type { Tier } from '../../core/applicability.ts'
import { APART, means, type Person } from '../../core/duties.ts'
import type { Stage } from '../../core/stage.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Approval, Delegation, Signature } from './approval.ts'

export type Quorum = Pick<Approval, 'quorum' | 'outsider'>

/** Checks that people answer by signing together; they cannot be among what is signed. */
export const isApprovalCheck = (check: string): boolean => check.startsWith('appr.')

/** The checks that an approval into a stage answers: the quorum of a higher one holds that of a lower one. */
export const CHECKS_OF: Readonly<Record<Approval['into'], readonly string[]>> = {
  poc: [],
  pilot: ['appr.pilot'],
  production: ['appr.pilot', 'appr.prod'],
}

/** Production takes more people the higher the risk, and one who did not build it. */
export function quorumOf(into: Stage, tier: Tier): Quorum {
  const two: Duty[][] = [['business-owner'], ['technical-lead']]
  if (into !== 'production') return { quorum: two, outsider: false }
  const limited: Duty[][] = tier === 'A' ? two : [...two, ['security', 'privacy']]
  return { quorum: tier === 'H' ? [...limited, ['risk'], ['executive']] : limited, outsider: true }
}

export type Holding = { readonly duty: Duty; readonly onBehalfOf: string | null }

/** The duties that a person may sign under now: their own, and those that were lent to them by who holds them. */
export function holdingsOf(person: Person, { duties, delegations, nameOf, now }: Holders): Holding[] {
  const own = (Object.keys(duties) as Duty[])
    .filter((duty) => means(duties[duty], person))
    .map((duty) => ({ duty, onBehalfOf: null }))
  const lent = delegations
    .filter((one) => one.to === person.id && isInForce(one, now))
    .filter(({ duty, from }) => means(duties[duty], { id: from, name: nameOf(from) }))
    .filter(({ duty }) => !own.some((one) => one.duty === duty))
    .map(({ duty, from }) => ({ duty, onBehalfOf: nameOf(from) }))
  return [...own, ...lent]
}

export type Holders = {
  readonly duties: Duties
  readonly delegations: readonly Delegation[]
  readonly nameOf: (actor: Delegation['from']) => string
  readonly now: Instant
}

export const isInForce = ({ until, endedAt }: Delegation, now: Instant): boolean => endedAt === null && until > now

/** The duty of a person that one more duty may not meet; undefined when none. */
export const forbiddenBeside = (duty: Duty, held: readonly Holding[]): Duty | undefined =>
  held
    .map((one) => one.duty)
    .find((one) => APART.some((pair) => one !== duty && pair.includes(one) && pair.includes(duty)))

/** Lines of the quorum that nobody has signed under yet. */
export const missingLines = ({ quorum }: Quorum, signatures: readonly Signature[]): Duty[][] =>
  quorum.filter(
    (line) =>
      !signatures.some(({ decision, duties }) => decision === 'approve' && duties.some((one) => line.includes(one))),
  )

export const lacksOutsider = ({ outsider }: Quorum, signatures: readonly Signature[]): boolean =>
  outsider && !signatures.some(({ decision, outside }) => decision === 'approve' && outside)

/** Whether everybody has signed who has to. */
export const isComplete = (approval: Quorum, signatures: readonly Signature[]): boolean =>
  missingLines(approval, signatures).length === 0 && !lacksOutsider(approval, signatures)
