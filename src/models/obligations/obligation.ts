/**
 * What the licence of a model asks of whoever uses it, from a list that is data. Pure. No legal advice.
 *
 * Invariant: a licence that is unknown, or that the list does not have, is never one without obligations.
 */
import { z } from 'zod'
import { matches } from '../pattern.ts'

export const Obligation = z.strictObject({
  kind: z.enum(['attribution', 'notice', 'share-alike', 'use-restriction', 'acceptable-use', 'user-threshold']),
  /**
   * using: by whoever uses it · showing: where a product with it is shown · passing-on: with the model or what is made of
   * it · deriving: when another model is made with it · growing: beyond a number of users.
   */
  when: z.enum(['using', 'showing', 'passing-on', 'deriving', 'growing']),
  text: z.string(),
  /** Where the licence says so. */
  clause: z.string(),
  /** Monthly active users from which another licence is needed. */
  users: z.number().int().positive().optional(),
  /** Of the policy that is meant. */
  url: z.url().optional(),
})
export type Obligation = z.infer<typeof Obligation>

const Source = z.strictObject({ title: z.string(), url: z.url() })

export const LicencePack = z.strictObject({
  name: z.string(),
  version: z.string(),
  asOf: z.string(),
  note: z.string(),
  licences: z.array(
    z.strictObject({
      /** SPDX ids or `LicenseRef-…`; `*` stands for anything, and the first licence that matches is taken. */
      match: z.array(z.string().min(1)).min(1),
      title: z.string(),
      sources: z.array(Source).min(1),
      obligations: z.array(Obligation),
    }),
  ),
})
export type LicencePack = z.infer<typeof LicencePack>

export const LicenceObligations = z.object({
  /** As the card says it; null when nobody knows. */
  licence: z.string().nullable(),
  /** listed: these are all that we know · not-listed: nobody here has read this licence · unknown: nobody says which it is. */
  state: z.enum(['listed', 'not-listed', 'unknown']),
  title: z.string().nullable(),
  obligations: z.array(Obligation),
  sources: z.array(Source),
  /** When the list was made, and that it is no legal advice. */
  asOf: z.string(),
  note: z.string(),
})
export type LicenceObligations = z.infer<typeof LicenceObligations>

function obligationsOf({ licences, asOf, note }: LicencePack, licence: string | null): LicenceObligations {
  const found = licence === null ? undefined : licences.find(({ match }) => match.some((one) => matches(one, licence)))
  return {
    licence,
    state: licence === null ? 'unknown' : found ? 'listed' : 'not-listed',
    title: found?.title ?? null,
    obligations: found?.obligations ?? [],
    sources: found?.sources ?? [],
    asOf,
    note,
  }
}

/** By the fields of a card. */
export function obligationsIn(
  pack: LicencePack,
  fields: readonly { readonly name: string; readonly value: unknown }[],
): LicenceObligations {
  const licence = fields.find(({ name }) => name === 'licence')?.value
  return obligationsOf(pack, typeof licence === 'string' ? licence : null)
}

/** For papers, a line each. */
export function obligationLines({ licence, state, title, obligations }: LicenceObligations): string[] {
  if (state === 'unknown') return ['Nobody says which licence it has, so its obligations are unknown.']
  if (state === 'not-listed') return [`What ${licence} asks for is not in the list; read its text.`]
  if (obligations.length === 0) return [`${title} asks for nothing.`]
  return obligations.map(({ kind, when, text, clause }) => `${kind}, ${WHEN[when]}: ${text} (${title}, ${clause})`)
}

const WHEN: Readonly<Record<Obligation['when'], string>> = {
  using: 'when it is used',
  showing: 'where it is shown',
  'passing-on': 'when it is passed on',
  deriving: 'when a model is made with it',
  growing: 'beyond a number of users',
}
