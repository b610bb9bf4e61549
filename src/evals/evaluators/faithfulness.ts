/** The share of the answer's claims that the found passages support. */
import { CLAIMS_PROMPT, claimsOf, SUPPORT_PROMPT, supportOf } from './claims.ts'
import { notApplicable } from './evaluator.ts'
import { graded, shareOf } from './graded.ts'

export const faithfulness = graded({
  id: 'faithfulness',
  kind: 'mean',
  needs: [],
  source:
    'RAGAS (arXiv 2309.15217): supported claims over claims. An answer without claims does not apply, as in Ragas; DeepEval counts it 1 and autoevals 0, and DeepEval takes what the passages do not say as faithful',
  description: 'Share of the claims of the answer that the found passages support.',
  prompt: `${CLAIMS_PROMPT}\n\n${SUPPORT_PROMPT}`,
  shape: {},
  async grade({ answer, result }, ask) {
    if (result.abstained) return notApplicable('abstained')
    const passages = (result.texts ?? []).map(({ text }) => text)
    if (passages.length === 0) return notApplicable('no passages were found')
    const claims = await claimsOf(ask, answer)
    if (claims.length === 0) return notApplicable('makes no claim')
    const parts = await supportOf(ask, claims, passages)
    return {
      score: shareOf(parts),
      detail: `${parts.filter(({ score }) => score === 1).length} of ${parts.length} claims`,
      parts,
    }
  },
})
