/** What the laws say of the documents of an application, for the page and for the check of the classification. Pure. */
import { z } from 'zod'
import type { Verdict } from '../../core/verdict.ts'
import { Answers } from '../assessment/questions.ts'
import { knownAnswers } from './known.ts'
import type { LawReading } from './law-view.ts'
import type { LawPacks } from './pack.ts'
import { readLaw } from './read-law.ts'

const Classified = z.looseObject({
  answers: Answers.nullish(),
  role: z.string().nullish(),
  riskClass: z.string().nullish(),
  transparencyDuties: z.array(z.string()).nullish(),
  jurisdictions: z.array(z.string()).nullish(),
})

export type LawFacts = {
  readonly laws: readonly LawReading[]
  /** Answers of people, as `classification.yaml` has them. */
  readonly said: Answers
  /** Questions of laws that apply, or may, which nobody answered. */
  readonly unanswered: readonly string[]
  readonly differences: readonly string[]
}

type Values = { readonly classification?: unknown; readonly profile?: unknown; readonly privacy?: unknown }

export function lawFactsOf(
  { laws, places }: LawPacks,
  values: Values,
  { verdicts = new Map(), today }: { verdicts?: ReadonlyMap<string, Verdict>; today: string },
): LawFacts {
  const classified = Classified.catch({}).parse(values.classification ?? {})
  const said = classified.answers ?? {}
  const known = knownAnswers(values, places)
  const readings = laws.map((pack) => readLaw(pack, { said, known, verdicts, today }))
  const unanswered = readings.flatMap(({ state, questions }) =>
    state === 'does-not-apply' ? [] : questions.flatMap(({ answer, label }) => (answer === null ? [label] : [])),
  )
  return { laws: readings, said, unanswered, differences: differencesOf(readings, classified, said) }
}

const CLASSES = ['minimal', 'limited', 'high', 'unacceptable']

/** Only what makes the classification milder than the answers; who is stricter than the answers may be. */
function differencesOf(
  readings: readonly LawReading[],
  classified: z.infer<typeof Classified>,
  said: Answers,
): string[] {
  const { riskClass, role, transparencyDuties, jurisdictions } = classified
  const act = readings.find((one) => one.riskClass !== null && one.state !== 'does-not-apply')
  if (!act?.riskClass) return []
  const { found, mayBe } = act.riskClass
  const declared = CLASSES.indexOf(riskClass ?? '')
  const graver = mayBe.filter(({ id }) => CLASSES.indexOf(id) > declared)
  const duties = act.obligations.filter(({ id, state }) => id.startsWith('ai-50') && state === 'applies')
  return [
    ...(found && declared >= 0 && CLASSES.indexOf(found.id) > declared
      ? [`The answers speak for “${found.title}” (${found.reference}), the classification says ${riskClass}.`]
      : []),
    ...(declared >= 0 && graver.length > 0
      ? [`Open questions could still make it “${graver[0]?.title}” (${graver[0]?.reference}).`]
      : []),
    ...(role &&
    role !== 'unsure' &&
    typeof said.aiRole === 'string' &&
    said.aiRole !== 'unknown' &&
    said.aiRole !== role
      ? [`The answers say ${said.aiRole}, the classification says ${role}.`]
      : []),
    ...(duties.length > 0 && transparencyDuties?.length === 0
      ? [`${duties[0]?.reference} asks that people are told, and the classification names no such duty.`]
      : []),
    ...(jurisdictions?.length === 0 ? ['The classification names no jurisdiction.'] : []),
  ]
}
