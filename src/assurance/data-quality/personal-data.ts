/** Personal data that the application's profile does not announce, counted, with examples that give nothing away. */
import { PERSONAL_DATA_DETECTORS, redacted } from '../../guardrails/index.ts'
import type { Piece } from '../material.ts'

/** What each answer of `profile.personalData` announces; a payment card belongs into no dataset. */
const ANNOUNCED: Readonly<Record<string, readonly string[]>> = {
  contact: ['email', 'phone'],
  sensitive: ['email', 'phone'],
}
const MOST_EXAMPLES = 5

export type PersonalData = {
  unexpected: number
  announced: number
  readonly examples: string[]
}

export const noPersonalData = (): PersonalData => ({ unexpected: 0, announced: 0, examples: [] })

export const announcedBy = (profile: unknown): readonly string[] => {
  const answer = (profile as { personalData?: unknown } | undefined)?.personalData
  return (typeof answer === 'string' ? ANNOUNCED[answer] : undefined) ?? []
}

/** Adds what is found in a piece of text. */
export function countPersonalData(found: PersonalData, { place, text }: Piece, announced: readonly string[]): void {
  for (const detector of PERSONAL_DATA_DETECTORS)
    for (const detection of detector.find(text)) {
      if (announced.includes(detection.kind)) found.announced += 1
      else {
        found.unexpected += 1
        if (found.examples.length < MOST_EXAMPLES)
          found.examples.push(`${place}: ${detection.kind} ${redacted(text, detection)}`)
      }
    }
}

/** What a text holds of that, without giving it away. */
export const personalDataIn = (text: string): { kind: string; shown: string }[] =>
  PERSONAL_DATA_DETECTORS.flatMap((detector) =>
    detector.find(text).map((detection) => ({ kind: detection.kind, shown: redacted(text, detection) })),
  )
