/** Variants that a model made, as rows with their lineage: which model, asked with what, about which words. */
import { z } from 'zod'
import { type Example, turnsOf } from '../../core/dataset.ts'
import { Digest, digestOf } from '../../kernel/digest.ts'
import { MARK, variantIn } from './kinds.ts'

const Generated = z.object({
  model: z.string(),
  /** What the provider said answered; null when it did not say. */
  snapshot: z.string().nullable(),
  /** Of the words that the model was asked with. */
  prompt: Digest,
  /** Of what it was asked about: a variant stands for these words and no others. */
  from: Digest,
})
export type Generated = z.infer<typeof Generated>

/** What a variant is about: the whole conversation, because what was said before decides what its end means. */
export const digestOfInput = ({ input }: Pick<Example, 'input'>): Digest => digestOf(input)

/** The variant of a question under a name such as `language:de`. Variants of one question are one cluster with it. */
export function variantRow(
  example: Example,
  { name, text, source }: { name: string; text: string; source: string },
): Example {
  const turns = turnsOf(example)
  const last = turns.at(-1)
  const input = typeof example.input === 'string' || !last ? text : [...turns.slice(0, -1), { ...last, content: text }]
  const id = `${example.id}${MARK}${name}`
  return {
    ...example,
    id,
    input,
    cluster: example.cluster ?? example.id,
    // Where its question is from stays: a trace that is forgotten takes what was made of it along.
    source: example.source === undefined ? source : `${source} (${example.source})`,
    synthetic: true,
    metadata: { ...example.metadata, of: example.id, perturbation: variantIn(id)?.kind ?? name },
  }
}

export const madeRow = (
  example: Example,
  { name, text, generated }: { name: string; text: string; generated: Generated },
): Example => {
  const source = `${name} of ${example.id} by ${generated.model}`
  const row = variantRow(example, { name, text, source })
  return { ...row, metadata: { ...row.metadata, generated } }
}

export const generatedIn = ({ metadata }: Pick<Example, 'metadata'>): Generated | undefined =>
  Generated.safeParse(metadata?.generated).data

/** Of these rows those that a model made of questions that still have the words it was asked about. */
export function standing(rows: readonly Example[], originals: readonly Example[]): Example[] {
  const words = new Map(originals.map((example) => [example.id, digestOfInput(example)]))
  return rows.filter((row) => {
    const from = generatedIn(row)?.from
    return from !== undefined && words.get(variantIn(row.id)?.question ?? '') === from
  })
}
