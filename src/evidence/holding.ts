/** Does a piece of evidence hold for a release? The same answer as a gate's, for lists over many pieces. */
import { z } from 'zod'
import type { Check } from '../core/check.ts'
import { Evidence } from '../core/evidence.ts'
import { changedInputs, changeInWords } from '../core/gate.ts'
import type { Part } from '../core/manifest.ts'
import { age, DAY, type Instant, later } from '../kernel/time.ts'

export const ListedEvidence = Evidence.extend({
  /** Why it does not hold for the release that was asked about; empty when it holds, null when none was named. */
  stale: z.array(z.string()).nullable(),
})
export type ListedEvidence = z.infer<typeof ListedEvidence>

export type Holding = {
  readonly parts: readonly Part[]
  /** By check, the instant before which a piece is too old. A gate may ask for fresher ones. */
  readonly oldest: Readonly<Record<string, Instant>>
}

export const oldestOf = (checks: readonly Pick<Check, 'id' | 'maxAgeDays'>[], now: Instant): Holding['oldest'] =>
  Object.fromEntries(
    checks.flatMap(({ id, maxAgeDays }) => (maxAgeDays === null ? [] : [[id, later(now, -maxAgeDays * DAY)]])),
  )

export function whyStale(evidence: Evidence, { parts, oldest }: Holding): string[] {
  const changed = changedInputs(evidence, parts).map((part) => changeInWords(part, parts))
  const limit = oldest[evidence.check]
  if (limit === undefined || evidence.at >= limit) return changed
  return [...changed, `It is ${Math.ceil(age(evidence.at, limit) / DAY)} days older than this check accepts.`]
}
