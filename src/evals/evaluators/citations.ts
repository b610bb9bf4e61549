/** Citations held against the passages that hold the answer: how many are right, and how many are missing. */
import { z } from 'zod'
import { type Evaluator, evaluator, notApplicable } from './evaluator.ts'

const of = (which: 'precision' | 'recall'): Evaluator =>
  evaluator({
    id: `citation-${which}`,
    version: 1,
    kind: 'mean',
    unit: 'share',
    better: 'higher',
    range: { low: 0, high: 1 },
    needs: ['contexts'],
    cost: 'none',
    source: 'precision and recall of sets, by passage id; self-tested. ALCE judges the same names by entailment',
    description:
      which === 'precision'
        ? 'Share of the cited passages that hold the answer; an invalid marker counts as cited and wrong.'
        : 'Share of the passages that hold the answer which are cited.',
    options: z.strictObject({}),
    scorer:
      () =>
      ({ example, result }) => {
        const wanted = new Set(example.contexts ?? [])
        if (wanted.size === 0) return notApplicable('no contexts')
        if (result.abstained) return notApplicable('abstained')
        const cited = new Set(result.citations)
        const right = [...cited].filter((id) => wanted.has(id)).length
        const whole = which === 'precision' ? cited.size + result.invalidCitations.length : wanted.size
        if (whole === 0) return notApplicable('cites nothing')
        return { score: right / whole, detail: `${right} of ${whole}` }
      },
  })

export const citationPrecision = of('precision')
export const citationRecall = of('recall')
