/**
 * Law as data: what a law asks, of whom, from when. A pack says under `asOf` on which day it was true, and never that
 * anything is met: an obligation names the checks whose evidence is relevant to it (S1.16.6a).
 */
import { z } from 'zod'
import { Condition } from '../advisor/condition.ts'

export const LawQuestion = z.strictObject({
  id: z.string(),
  group: z.string(),
  label: z.string(),
  help: z.string(),
  reference: z.string(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })).min(2),
})
export type LawQuestion = z.infer<typeof LawQuestion>

export const Party = z.enum(['provider', 'deployer', 'controller', 'processor', 'business'])

export const LawObligation = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** In our own words. */
  says: z.string(),
  reference: z.string(),
  who: z.array(Party).min(1),
  when: Condition,
  /** The first whose condition holds says from when; the last has none. */
  from: z.array(z.strictObject({ on: z.iso.date(), when: Condition.optional(), says: z.string().optional() })).min(1),
  /** Checks whose evidence is relevant to it. */
  evidence: z.array(z.string()).min(1),
})
export type LawObligation = z.infer<typeof LawObligation>

export const LawPack = z.strictObject({
  law: z.string(),
  title: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  /** After this day somebody has to look whether it still holds. */
  reviewBy: z.iso.date(),
  note: z.string(),
  sources: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      url: z.url(),
      /** When it was opened for this version; null: known from elsewhere. */
      opened: z.iso.date().nullable(),
      /** What of it was read, and where. */
      where: z.string().optional(),
    }),
  ),
  milestones: z.array(z.strictObject({ on: z.iso.date(), says: z.string(), reference: z.string() })),
  groups: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  questions: z.array(LawQuestion),
  scope: z.strictObject({ when: Condition, says: z.string() }),
  /** From the gravest on; the first that holds is the class. */
  classes: z.array(
    z.strictObject({
      id: z.enum(['unacceptable', 'high', 'limited', 'minimal']),
      title: z.string(),
      says: z.string(),
      reference: z.string(),
      when: Condition,
    }),
  ),
  /** When a full assessment of privacy is due; only of a law that has one. */
  screening: z
    .strictObject({
      criteria: z.array(z.string()).min(1),
      dueFrom: z.number().int(),
      always: z.array(Condition),
      reference: z.string(),
      says: z.string(),
    })
    .optional(),
  obligations: z.array(LawObligation),
})
export type LawPack = z.infer<typeof LawPack>

/** Which words of a profile name which place. */
export const LawPlaces = z.strictObject({
  name: z.literal('places'),
  asOf: z.iso.date(),
  eu: z.array(z.string()),
  california: z.array(z.string()),
  /** Reaches every place. */
  world: z.array(z.string()),
})
export type LawPlaces = z.infer<typeof LawPlaces>

export type LawPacks = { readonly laws: readonly LawPack[]; readonly places: LawPlaces }
