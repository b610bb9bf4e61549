/** What an application says of itself, as the words that rules of the catalogue are held against. */
import { z } from 'zod'
import type { Axes } from './applicability.ts'
import { Profile } from './blueprint/schema.ts'

const Classified = z.looseObject({ riskClass: z.string().nullish() })

const Assessed = z.looseObject({ answers: z.looseObject({ explanations: z.string().nullish() }).nullish() })

/**
 * @param documents values of the application's documents: `profile`, its classification for the risk class, and its
 *   assessment for whether an answer must say why
 */
export function axesOf({
  profile,
  classification,
  assessment,
}: {
  profile?: unknown
  classification?: unknown
  assessment?: unknown
}): Axes {
  const said = Profile.catch(Profile.parse({})).parse(profile ?? {})
  const { riskClass } = Classified.catch({}).parse(classification ?? {})
  const { answers } = Assessed.catch({}).parse(assessment ?? {})
  return {
    industry: words(said.industry),
    geography: words(said.geography),
    users: words(said.users),
    regimes: words(said.regimes),
    securityStandards: words(said.securityStandards),
    personalData: words(said.personalData),
    domain: words(said.domain),
    audience: words(said.audience),
    deployment: words(said.deployment),
    autonomy: words(said.autonomy),
    riskClass: words(riskClass ?? undefined),
    explanations: words(answers?.explanations ?? undefined),
  }
}

const words = (said: string | readonly string[] | undefined): string[] =>
  (said === undefined ? [] : typeof said === 'string' ? [said] : said).map((word) =>
    word.trim().toLowerCase().replaceAll(/\s+/g, '-'),
  )
