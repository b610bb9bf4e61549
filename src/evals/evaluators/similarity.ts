/** How near an answer is in meaning to a reference, as a model of vectors has it: the nearest of its references counts. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable } from './evaluator.ts'
import { JudgeModel } from './judge.ts'
import { bestOver } from './text.ts'

export const similarity = evaluator({
  id: 'similarity',
  version: 1,
  kind: 'mean',
  unit: 'cosine',
  better: 'higher',
  range: { low: -1, high: 1 },
  needs: ['expected'],
  cost: 'model',
  source:
    'cosine of vectors of sentences (Reimers and Gurevych 2019, Sentence-BERT); what is near depends on the model; self-tested',
  description:
    'Cosine of the vectors of answer and reference, the nearest reference counting; with passAt 0 or 1. Cosines of two models mean different things: measure where to draw the line.',
  options: z.strictObject({
    /** `provider/model`, one that makes vectors. */
    model: JudgeModel.shape.model,
    /** The cosine from which an answer passes. */
    passAt: z.number().min(-1).max(1).optional(),
  }),
  vectors: ({ model }) => model,
  scorer:
    ({ model, passAt }) =>
    async ({ example, answer }, { embed, signal }) => {
      const references = referencesOf(example).filter((text) => text.trim() !== '')
      if (references.length === 0) return notApplicable('no reference')
      // Nothing has no direction, and models refuse it.
      if (answer.trim() === '') return { score: 0, detail: 'an empty answer' }
      if (!embed) throw new Error(`${model} was not asked: here no model may be asked. Run the suite as an experiment.`)
      const { vectors, costMicroUsd } = await embed({ model, texts: [answer, ...references], signal })
      const [own, ...others] = vectors
      const { score, reference } = bestOver(references, (text) => cosine(own, others[references.indexOf(text)], model))
      return {
        score: passAt === undefined ? score : Number(score >= passAt),
        detail: `cosine ${score.toFixed(3)} to reference ${reference}, by ${model}`,
        costMicroUsd,
      }
    },
})

/** Of two vectors of length 1. */
function cosine(one: Float32Array | undefined, other: Float32Array | undefined, model: string): number {
  if (!one || one.length !== other?.length) throw new Error(`${model} gave vectors of several lengths.`)
  const product = one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)
  return Math.min(1, Math.max(-1, product))
}
