/** The plan of the change: who is told what and when, and where they get help. */
import { z } from 'zod'
import { plural } from '../../kernel/plural.ts'
import { counted, documentKind } from './document-kind.ts'
import { date, exampleFlag, isFilled, text, texts } from './fields.ts'

const Audience = z.strictObject({
  name: z.string().min(1),
  /** How many people, as far as known. */
  people: z.number().int().min(0).nullish(),
  message: text,
  channel: text,
  /** Who tells them. */
  by: text,
  plannedOn: date,
  sentOn: date,
})

export const Change = z.strictObject({
  example: exampleFlag,
  /** Why it comes, in words that those concerned would use. */
  why: text,
  /** What shows that people are ready, and what stands against it. */
  readiness: text,
  resistance: texts,
  liveOn: date,
  audiences: z.array(Audience).nullish(),
  /** Where people get help. */
  support: text,
  /** Workers and their representatives have a right to hear of it where it is used on them. */
  workers: z.enum(['informed', 'not-due', 'open']).nullish(),
  workersReason: text,
  /** Share of the audiences that is to use it. */
  adoptionGoal: z.number().gt(0).max(1).nullish(),
  rounds: z.array(z.strictObject({ on: date, learnt: text, changed: text })).nullish(),
})
export type Change = z.infer<typeof Change>

export const change = documentKind({
  name: 'change',
  check: 'comms.change',
  duty: 'business-owner',
  schema: Change,
  alsoReads: [],
  dependsOn: () => [],
  read(value: Change, { now }) {
    const audiences = value.audiences ?? []
    const untold = audiences.filter(({ message, sentOn }) => !isFilled(message) || !sentOn || sentOn > now.slice(0, 10))
    const hasSupport = isFilled(value.support)
    const areInformed = value.workers === 'informed' || (value.workers === 'not-due' && isFilled(value.workersReason))
    const gaps = [
      ...(audiences.length === 0 ? ['nobody is named who is to be told'] : []),
      ...untold.map(({ name }) => `${name} was not told`),
      ...(hasSupport ? [] : ['there is no way to get help']),
      ...(areInformed
        ? []
        : [value.workers === 'not-due' ? 'it does not say why workers need not be told' : 'workers were not told']),
    ]
    return {
      facts: {
        // Nobody named is nobody told.
        audiencesUntold: counted(audiences.length === 0 ? 1 : untold.length, audiences.length),
        supportPath: { value: hasSupport },
        workersInformed: { value: areInformed },
      },
      summary:
        gaps.length === 0
          ? `${plural(audiences.length, 'audience')} told, and there is a way to get help.`
          : `The change is not told yet: ${gaps.join('; ')}.`,
    }
  },
})
