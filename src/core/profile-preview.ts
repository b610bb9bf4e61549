/** What a change of the profile would change at the gates: checks that are asked then, and those that are not any more. */
import { z } from 'zod'
import { type Applicability, AppliedRule, ruleFor, Tier } from './applicability.ts'
import type { GateCatalogue } from './check.ts'
import { Stage } from './stage.ts'

const Affected = z.object({
  check: z.string(),
  title: z.string(),
  into: Stage.nullable(),
  rule: AppliedRule.nullable(),
})

export const ProfilePreview = z.object({
  tier: z.object({ before: Tier, after: Tier }),
  added: z.array(Affected),
  removed: z.array(Affected),
})
export type ProfilePreview = z.infer<typeof ProfilePreview>

export function previewProfile(
  catalogue: Pick<GateCatalogue, 'checks' | 'gates'>,
  before: Applicability,
  after: Applicability,
): ProfilePreview {
  const isAsked = (rule: AppliedRule | null) => rule?.effect !== 'removes'
  const rows = catalogue.checks.map((check) => ({
    check: check.id,
    title: check.title,
    into: catalogue.gates.find(({ checks }) => checks.includes(check.id))?.into ?? null,
    was: ruleFor(check, before),
    rule: ruleFor(check, after),
  }))
  // What everybody is asked came back because a rule that kept it away does not hold any more.
  const shownAsAdded = ({ was, rule, ...row }: (typeof rows)[number]) => ({
    ...row,
    rule: rule ?? (was && { ...was, effect: 'adds' as const, words: `It no longer holds that: ${was.words}` }),
  })
  const shown = ({ was: _, ...row }: (typeof rows)[number]) => row
  return {
    tier: { before: before.tier, after: after.tier },
    added: rows.filter(({ was, rule }) => !isAsked(was) && isAsked(rule)).map(shownAsAdded),
    removed: rows.filter(({ was, rule }) => isAsked(was) && !isAsked(rule)).map(shown),
  }
}
