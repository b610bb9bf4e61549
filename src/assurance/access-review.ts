/**
 * `sec.access`: who may do more than they need, how old the keys are, who approves without a second factor, whether the
 * log is whole, and what grave findings are open. Read from the installation as it is; nobody states it.
 */
import type { EvidenceDraft } from '../core/evidence.ts'
import type { Part } from '../core/manifest.ts'
import { FREE, type Producer } from '../core/producer.ts'
import { age, type Clock, DAY, type Instant } from '../kernel/time.ts'

export type ReviewedPerson = {
  readonly name: string
  readonly kind: 'person' | 'program' | 'system'
  readonly role: string
  readonly mayAct: boolean
  readonly hasSecondFactor: boolean
}

export type ReviewedKey = {
  readonly name: string
  readonly role: string
  readonly holder: Pick<ReviewedPerson, 'kind' | 'mayAct'>
  readonly isNarrowed: boolean
  /** When its text was made. */
  readonly since: Instant
  readonly lastUsedAt: Instant | null
}

export type AccessReviewDeps = {
  readonly clock: Clock
  /** Everybody, and the keys that work now for this application or for all. */
  readonly reviewOf: (
    application: string,
  ) => Promise<{ people: readonly ReviewedPerson[]; keys: readonly ReviewedKey[] }>
  readonly isLogWhole: () => Promise<boolean>
  /** Open findings that are critical or high. */
  readonly openGraveFindings: (application: string) => Promise<number>
}

const NAME = 'assurance/access-review'
export const MOST_KEY_DAYS = 90
const APPROVES = new Set(['owner', 'approver', 'security'])
const SHOWN = 10

export const createAccessReview = (deps: AccessReviewDeps): Producer => ({
  name: NAME,
  checks: ['sec.access'],
  quote: async () => FREE,
  async run({ release, application, by }): Promise<EvidenceDraft[]> {
    const { people, keys } = await deps.reviewOf(release.application)
    const review = reviewed({ people, keys, now: deps.clock() })
    const [isWhole, findings] = [await deps.isLogWhole(), await deps.openGraveFindings(release.application)]
    const named = [...review.excess, ...review.old, ...review.without].slice(0, SHOWN)
    const { duties } = application.documents
    const inputs: Part[] = duties ? [{ kind: 'document', name: 'duties', digest: duties.digest }] : []
    return [
      {
        application: release.application,
        release: release.id,
        check: 'sec.access',
        summary: `${people.length} people and programs, ${keys.length} keys. ${named.length === 0 ? 'Nobody may more than they need.' : `${named.join('; ')}.`} The audit log is ${isWhole ? 'whole' : 'broken'}; ${findings} grave findings are open.`,
        facts: {
          excessRights: { value: review.excess.length, n: people.length + keys.length },
          oldKeys: { value: review.old.length, n: keys.length },
          approversWithoutSecondFactor: { value: review.without.length, n: review.approvers },
          auditChainValid: { value: isWhole },
          openHighFindings: { value: findings },
        },
        inputs,
        producer: { name: NAME, version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
})

/** What is too much, each as words with the name of who or what it is. */
export function reviewed({
  people,
  keys,
  now,
}: {
  people: readonly ReviewedPerson[]
  keys: readonly ReviewedKey[]
  now: Instant
}) {
  const isOld = (since: Instant) => age(since, now) > MOST_KEY_DAYS * DAY
  const approvers = people.filter(({ kind, role, mayAct }) => kind === 'person' && mayAct && APPROVES.has(role))
  return {
    excess: keys.flatMap(({ name, role, holder, isNarrowed, since, lastUsedAt }) => {
      if (!holder.mayAct) return [`the key ${name} works for somebody who may not act any more`]
      if (holder.kind === 'program' && role === 'owner' && !isNarrowed)
        return [`the key ${name} lets a program do everything`]
      if (isOld(lastUsedAt ?? since)) return [`nobody has used the key ${name} for ${MOST_KEY_DAYS} days`]
      return []
    }),
    old: keys
      .filter(({ since }) => isOld(since))
      .map(({ name }) => `the key ${name} is older than ${MOST_KEY_DAYS} days`),
    approvers: approvers.length,
    without: approvers
      .filter(({ hasSecondFactor }) => !hasSecondFactor)
      .map(({ name }) => `${name} approves without a second factor`),
  }
}
