/** The answer names the label that is expected; accuracy, F1, MCC and confusion are computed over the rows. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable } from './evaluator.ts'

export const classification = evaluator({
  id: 'classification',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['expected'],
  cost: 'none',
  source: 'accuracy; macro and micro F1, MCC, confusion and calibration error over the rows as scikit-learn has them',
  description:
    'The label of the answer is the expected one. An answer without a known label is wrong, and is counted as unreadable.',
  options: z.strictObject({
    /** Labels that there are; without them the whole answer is the label. */
    labels: z.array(z.string().min(1)).min(2).optional(),
    /** Where the answer is JSON: the fields of the label and of its probability. */
    field: z.string().min(1).optional(),
    probability: z.string().min(1).optional(),
  }),
  scorer: (options) => {
    const read = labelReader(options)
    return ({ example, answer }) => {
      const [wanted] = referencesOf(example)
      if (wanted === undefined) return notApplicable('no label')
      const { label, probability } = read(answer)
      const isRight = label === foldLabel(wanted)
      return {
        score: isRight ? 1 : 0,
        detail: `${label ?? 'unreadable'} for ${foldLabel(wanted)}`,
        ...(probability !== undefined && {
          parts: [{ name: 'probability', score: probability, detail: 'of the label it named' }],
        }),
      }
    }
  },
})

type Read = { label: string | undefined; probability?: number | undefined }

/** How the label of an answer, and the probability that it names, are read. */
export function labelReader(options: {
  labels?: string[] | undefined
  field?: string | undefined
  probability?: string | undefined
}): (answer: string) => Read {
  const known = options.labels?.map(foldLabel)
  return (answer) => {
    const { text, probability } = options.field ? fieldOf(answer, options.field, options.probability) : { text: answer }
    const folded = foldLabel(text ?? '')
    if (!known) return { label: folded === '' ? undefined : folded, probability }
    if (known.includes(folded)) return { label: folded, probability }
    // Exactly one label in the text counts; two are a way of not saying.
    const named = known.filter((label) => ` ${folded.replace(/[^\p{L}\p{N}_]+/gu, ' ')} `.includes(` ${label} `))
    return { label: named.length === 1 ? named[0] : undefined, probability }
  }
}

function fieldOf(answer: string, field: string, probability?: string): { text?: string; probability?: number } {
  try {
    const value = JSON.parse(answer) as Record<string, unknown>
    const text = value?.[field]
    const share = probability === undefined ? undefined : value?.[probability]
    return {
      ...(typeof text === 'string' && { text }),
      ...(typeof share === 'number' && share >= 0 && share <= 1 && { probability: share }),
    }
  } catch {
    return {}
  }
}

export const foldLabel = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '')
