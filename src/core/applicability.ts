/**
 * Which checks an application is asked: a tier that its profile gives it, rules of the catalogue that add checks, and
 * traits of the release. A check that is not asked stays in the list as NOT_APPLICABLE, with the rule in words.
 *
 * Invariant: pure, and silence asks for more. An axis that nobody filled in matches no rule that removes something,
 * because rules only add checks and raise tiers.
 */
import { z } from 'zod'

export const TIERS = ['A', 'L', 'H'] as const
/** A: every application. L: limited risk, or users outside the organisation. H: high risk. */
export const Tier = z.enum(TIERS)
export type Tier = z.infer<typeof Tier>

export const isTierAtLeast = (tier: Tier, other: Tier): boolean => TIERS.indexOf(tier) >= TIERS.indexOf(other)

/** What is true of this release without anybody saying so. */
export const Trait = z.enum([
  'release-is-baseline',
  'no-release-before',
  'no-datasets',
  'no-retrieval',
  'no-judge',
  'no-tools',
  'no-personal-data',
  'tools',
  'batch',
  'no-fallback',
])
export type Trait = z.infer<typeof Trait>

/** Where "production" differs: what an application says of itself in its profile and its assessment, and its risk class. */
export const AXES = [
  'industry',
  'geography',
  'users',
  'regimes',
  'securityStandards',
  'personalData',
  'domain',
  'audience',
  'deployment',
  'autonomy',
  'riskClass',
  'explanations',
] as const
export const Axis = z.enum(AXES)
export type Axis = z.infer<typeof Axis>
/** Words by axis, in lower case. */
export type Axes = Readonly<Partial<Record<Axis, readonly string[]>>>

/** Data of the catalogue: where all of `when` holds, these checks are asked and the tier is at least that. */
export const ProfileRule = z.object({
  id: z.string(),
  when: z.array(z.object({ axis: Axis, anyOf: z.array(z.string()).min(1) })).min(1),
  adds: z.array(z.string()).default([]),
  raisesTierTo: Tier.nullable().default(null),
  /** Why, for people. */
  because: z.string(),
  source: z.string(),
})
export type ProfileRule = z.infer<typeof ProfileRule>

/** What a judgement reads of the application's nature. */
export const Applicability = z.object({ tier: Tier, rules: z.array(ProfileRule), traits: z.array(Trait) })
export type Applicability = z.infer<typeof Applicability>

export function applicabilityOf(rules: readonly ProfileRule[], axes: Axes, traits: readonly Trait[]): Applicability {
  const holding = rules.filter(({ when }) =>
    when.every(({ axis, anyOf }) => axes[axis]?.some((word) => anyOf.includes(word)) ?? false),
  )
  const tier = holding.reduce<Tier>(
    (highest, { raisesTierTo }) => (raisesTierTo && isTierAtLeast(raisesTierTo, highest) ? raisesTierTo : highest),
    'A',
  )
  return { tier, rules: holding, traits: [...traits].sort() }
}

/** The rule by which a check is asked or not; null where every application is asked. */
export const AppliedRule = z.object({ effect: z.enum(['adds', 'removes']), rule: z.string(), words: z.string() })
export type AppliedRule = z.infer<typeof AppliedRule>

type Asked = {
  readonly id: string
  readonly tier: Tier
  readonly alsoFor: Trait[]
  readonly notApplicableWhen: Trait | null
}

export function ruleFor(check: Asked, { tier, rules, traits }: Applicability): AppliedRule | null {
  if (check.notApplicableWhen && traits.includes(check.notApplicableWhen))
    return { effect: 'removes', rule: check.notApplicableWhen, words: TRAIT_WORDS[check.notApplicableWhen] }
  const adding = rules.find(({ adds }) => adds.includes(check.id))
  if (adding) return { effect: 'adds', rule: adding.id, words: adding.because }
  if (check.tier === 'A') return null
  const raising = rules.find(({ raisesTierTo }) => raisesTierTo && isTierAtLeast(raisesTierTo, check.tier))
  if (raising && isTierAtLeast(tier, check.tier)) return { effect: 'adds', rule: raising.id, words: raising.because }
  const trait = check.alsoFor.find((one) => traits.includes(one))
  if (trait) return { effect: 'adds', rule: trait, words: TRAIT_WORDS[trait] }
  return {
    effect: 'removes',
    rule: `tier-${tier}`,
    words: `It is asked from tier ${check.tier} on, and this application is in tier ${tier}: nothing in its profile or classification puts it higher.`,
  }
}

const TRAIT_WORDS: Record<Trait, string> = {
  'release-is-baseline': 'This release is the named baseline itself, so it cannot fail to beat it.',
  'no-release-before': 'There is no earlier release in this stage to compare with.',
  'no-datasets': 'The application has neither datasets nor documents.',
  'no-retrieval': 'The application retrieves nothing.',
  'no-judge': 'No evaluator of the release is a model.',
  'no-tools': 'The release calls no tools, and its profile says that it does not act.',
  'no-personal-data': 'The profile says that there is no personal data.',
  tools: 'The release calls tools, or its profile says that it acts.',
  'no-fallback': 'The release falls back to nothing, so there is no fallback to evaluate.',
  batch: 'Its blueprint says that it is served in batches, so nobody waits for an answer.',
}
