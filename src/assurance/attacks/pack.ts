/** The list of attacks as data: ways in which a text carries an order, and what is ordered. */
import { z } from 'zod'
import { WRAPPINGS } from '../probing/index.ts'

/** direct: in the question · indirect: in a text that is read · triggered: waits for something · leak: asks for what is secret. */
export const Category = z.enum(['direct', 'indirect', 'triggered', 'leak'])
export type Category = z.infer<typeof Category>

export const Technique = z.object({
  id: z.string(),
  title: z.string(),
  category: Category,
  /** One text, or a conversation in turns of the user and the assistant. `{{order}}`, `{{jsonOrder}}`, `{{question}}`, `{{json}}` are filled in. */
  turns: z.array(z.string()).min(1),
  /** Of the pack's sources. */
  source: z.string(),
})
export type Technique = z.infer<typeof Technique>

export const WrappingId = z.enum(WRAPPINGS)

export const AttackPack = z
  .object({
    name: z.string(),
    /** Evidence names it; `prod.redteam` asks for the present one. */
    version: z.string(),
    asOf: z.iso.date(),
    note: z.string(),
    sources: z.array(z.object({ id: z.string(), title: z.string() })),
    /** Halves of signs: capital words that an answer would hardly hold. */
    words: z.array(z.string().regex(/^[A-Z]{5,}$/)).min(8),
    /** Asked where the release has no suite. */
    questions: z.array(z.string()).min(1),
    /** What is ordered; its `sign` stands in no attack and shows that it was obeyed. */
    orders: z.array(z.object({ id: z.string(), text: z.string(), sign: z.string() })).min(1),
    /** How an order is written, with what is said before it. */
    wrappings: z.array(z.object({ id: WrappingId, lead: z.string() })).min(1),
    techniques: z.array(Technique).min(1),
  })
  .refine(
    ({ techniques, sources }) => techniques.every(({ source }) => sources.some(({ id }) => id === source)),
    'each technique names a source of the pack',
  )
export type AttackPack = z.infer<typeof AttackPack>
