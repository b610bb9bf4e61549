/**
 * Adapters: what was tuned on top of a model, with which data. A part of the release that answers with it, so that an
 * answer can be followed to the rows that its model learned from.
 */
import { z } from 'zod'
import { Digest, digestOf } from '../kernel/digest.ts'
import type { DatasetPart } from './dataset.ts'
import { Name } from './names.ts'

/** Below a model of airworthy.yaml. Nobody here can look into weights that are elsewhere: this is what people say of it. */
export const Adapter = z
  .strictObject({
    name: Name,
    /** Of the file of its weights. */
    weights: Digest.optional(),
    /** What its provider calls it, for example `ft:gpt-4o-mini-2024-07-18:acme::abc`, where nobody has the weights. */
    id: z.string().min(1).max(300).optional(),
    /** The model that it was tuned on. */
    base: z.string().regex(/^[a-z0-9-]+\/.+$/, 'a model is provider/model'),
    /** What it learned from: datasets of this blueprint by name, others by what they are and their digest. */
    data: z
      .array(z.union([z.string().min(1), z.strictObject({ what: z.string().min(1).max(200), digest: Digest })]))
      .default([]),
  })
  .superRefine(({ weights, id }, context) => {
    if ((weights === undefined) === (id === undefined))
      context.addIssue({
        code: 'custom',
        path: [weights === undefined ? 'name' : 'id'],
        message: 'an adapter has either `weights`, a digest, or the `id` of its provider',
      })
  })
export type Adapter = z.infer<typeof Adapter>

export const AdapterPart = z.object({
  name: z.string(),
  digest: Digest,
  weights: Digest.nullable(),
  id: z.string().nullable(),
  base: z.string(),
  /** Empty where nobody says what it learned from. */
  data: z.array(z.object({ what: z.string(), digest: Digest })),
})
export type AdapterPart = z.infer<typeof AdapterPart>

/** @param datasets those of the release, in which names of the blueprint are looked up */
export function adapterPart({ data, ...said }: Adapter, datasets: readonly DatasetPart[]): AdapterPart {
  const learned = data.flatMap((one) => {
    if (typeof one !== 'string') return [one]
    const part = datasets.find(({ name }) => name === one)
    return part ? [{ what: wordsOf(part), digest: part.digest }] : []
  })
  const content = {
    name: said.name,
    weights: said.weights ?? null,
    id: said.id ?? null,
    base: said.base,
    data: learned,
  }
  return { ...content, digest: digestOf(content) }
}

const wordsOf = ({ name, from }: DatasetPart): string => (from ? `${from.dataset} version ${from.version}` : name)

/** `tone over openai/gpt-4o-mini, tuned on tickets version 3`. */
export const adapterInWords = ({ name, base, data }: Pick<AdapterPart, 'name' | 'base' | 'data'>): string =>
  `${name} over ${base}, tuned on ${data.length === 0 ? 'data that nobody names' : data.map(({ what }) => what).join(', ')}`
