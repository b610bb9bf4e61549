/**
 * A card: what is known of a release, in sections, for people who were not there. Each field says where it comes from:
 * computed (from the release or from evidence, nobody typed it), referenced (stands in another document) or authored (a
 * person wrote it for this card). What nobody knows stays empty, and is told.
 */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import { isFilled } from '../documents/fields.ts'

export const CARD_KINDS = ['system', 'models', 'data', 'annex-iv', 'deployer'] as const
export const CardKind = z.enum(CARD_KINDS)
export type CardKind = z.infer<typeof CardKind>

export const Origin = z.enum(['computed', 'referenced', 'authored'])
export type Origin = z.infer<typeof Origin>

export const CardField = z.object({
  label: z.string(),
  origin: Origin,
  /** One line each; none where nobody knows. */
  lines: z.array(z.string()),
  /** What it was computed from, or where it stands: a part of the release, a piece of evidence, a file. */
  from: z.string(),
  isRequired: z.boolean(),
})
export type CardField = z.infer<typeof CardField>

export const CardSection = z.object({ title: z.string(), fields: z.array(CardField) })
export type CardSection = z.infer<typeof CardSection>

export const Card = z.object({
  kind: CardKind,
  title: z.string(),
  application: Name,
  release: ReleaseId,
  digest: Digest,
  at: Instant,
  caution: z.string(),
  sections: z.array(CardSection),
  /** Required fields that say nothing: `section: field`. */
  empty: z.array(z.string()),
})
export type Card = z.infer<typeof Card>

export const emptyOf = (sections: readonly CardSection[]): string[] =>
  sections.flatMap(({ title, fields }) =>
    fields.flatMap(({ label, lines, isRequired }) => (isRequired && lines.length === 0 ? [`${title}: ${label}`] : [])),
  )

type Given = string | number | boolean | null | undefined | readonly unknown[]

const field =
  (origin: Origin, isRequired: boolean) =>
  (label: string, value: Given, from: string): CardField => ({ label, origin, lines: linesOf(value), from, isRequired })

export const computed = field('computed', true)
export const referenced = field('referenced', true)
export const authored = field('authored', true)
/** The same where nothing is an answer, too. */
export const maybe = {
  computed: field('computed', false),
  referenced: field('referenced', false),
  authored: field('authored', false),
}

const linesOf = (value: Given): string[] =>
  (Array.isArray(value) ? value : [value]).filter(isFilled).map((one) => String(one).trim())
