/**
 * What the profile and the declaration of privacy answer already, under the same names as answers of people. What a
 * person answered weighs more; what nobody said stays unanswered, and is never taken for "no". Pure.
 */
import { PrivacyDeclaration, Profile } from '../../core/blueprint/schema.ts'
import { axesOf } from '../../core/profile-axes.ts'
import { type Answers, UNKNOWN } from '../assessment/questions.ts'
import type { LawPlaces } from './pack.ts'

/** @param documents values of `profile` and `privacy` */
export function knownAnswers(documents: { profile?: unknown; privacy?: unknown }, places: LawPlaces): Answers {
  const profile = Profile.catch(Profile.parse({})).parse(documents.profile ?? {})
  const { users = [], geography = [], regimes = [] } = axesOf(documents)
  const where = [...users, ...geography]
  const isIn = (words: readonly string[], regime: readonly string[]) => {
    if (regimes.some((one) => regime.includes(one))) return 'yes'
    if (where.length === 0) return null
    return where.some((one) => words.includes(one) || places.world.includes(one)) ? 'yes' : 'no'
  }
  return {
    'profile.eu': isIn(places.eu, ['gdpr', 'eu-ai-act']),
    'profile.california': isIn(places.california, ['ccpa']),
    'profile.personalData': profile.personalData === 'unknown' ? UNKNOWN : profile.personalData,
    'profile.deployment': profile.deployment ?? null,
    ...privacyAnswers(documents.privacy),
  }
}

function privacyAnswers(value: unknown): Answers {
  const privacy = PrivacyDeclaration.safeParse(value)
  if (!privacy.success) return {}
  const { purpose, lawfulBasis, retention } = privacy.data
  return {
    ...(lawfulBasis && { gdprBasis: lawfulBasis }),
    ...(purpose && { gdprPurpose: 'yes' }),
    ...(retention.tracesDays !== undefined && { gdprRetention: 'yes' }),
  }
}
