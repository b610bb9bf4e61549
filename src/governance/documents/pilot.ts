/** The plan of the pilot: who takes part, how they agreed, and what ends it, well or badly, written down before it begins. */
import { z } from 'zod'
import { date, exampleFlag, isFilled, text, texts } from './fields.ts'

export const Pilot = z.strictObject({
  example: exampleFlag,
  /** Groups that take part. */
  cohort: texts,
  /** What people are told and agree to before they take part. */
  consent: text,
  startsOn: date,
  durationDays: z.number().int().min(1).max(730).nullish(),
  /** How much use is expected, in words. */
  volume: text,
  exitCriteria: texts,
  killCriteria: texts,
  /** Share of answers of users that may be bad at most; evidence is held against it. */
  negativeRateAtMost: z.number().gt(0).max(1).nullish(),
  support: text,
})
export type Pilot = z.infer<typeof Pilot>

const count = (values: readonly string[] | null | undefined): number => (values ?? []).filter(isFilled).length

/** What `biz.uatplan` asks; `writtenAt` is the day on which the plan became what it is. */
export function readPilot(value: Pilot, writtenOn: string) {
  const exits = count(value.exitCriteria)
  const kills = count(value.killCriteria)
  const isNamed = count(value.cohort) > 0 && isFilled(value.consent)
  const isBefore = Boolean(value.startsOn && writtenOn <= value.startsOn)
  const gaps = [
    ...(isNamed ? [] : ['who takes part and how they agree']),
    ...(value.durationDays ? [] : ['how long it lasts']),
    ...(exits > 0 ? [] : ['what would let it go on']),
    ...(kills > 0 ? [] : ['what would stop it']),
    ...(isBefore
      ? []
      : [
          value.startsOn
            ? `a plan from before ${value.startsOn}; it was last changed on ${writtenOn}`
            : 'when it begins',
        ]),
  ]
  return {
    facts: {
      cohortNamed: { value: isNamed },
      durationDays: { value: value.durationDays ?? 0, unit: 'days' },
      exitCriteria: { value: exits },
      killCriteria: { value: kills },
      fixedBefore: { value: isBefore },
    },
    summary:
      gaps.length === 0
        ? `The pilot begins on ${value.startsOn}, lasts ${value.durationDays} days, and what ends it was fixed before.`
        : `The plan of the pilot lacks: ${gaps.join('; ')}.`,
  }
}
