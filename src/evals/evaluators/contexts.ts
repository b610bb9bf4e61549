/** Whether the found passages were the right ones, by a judge: precision over ranks, and recall of the reference. */
import { referencesOf } from '../../core/dataset.ts'
import { CLAIMS_PROMPT, claimsOf, SUPPORT_PROMPT, supportOf } from './claims.ts'
import { notApplicable } from './evaluator.ts'
import { demandVerdicts, graded, questionOf, shareOf, Verdicts } from './graded.ts'

const USEFUL_PROMPT = `You decide for each passage whether it is useful to answer the question as the reference answers it.
Answer, in the order of the passages: {"verdicts": [{"reason": text, "verdict": true or false}, …]}`

export const contextPrecision = graded({
  id: 'context-precision',
  kind: 'mean',
  needs: ['expected'],
  source:
    'Ragas and DeepEval: average precision of the verdicts by rank; autoevals asks one verdict for the whole context',
  description: 'Average precision of the found passages, each judged useful or not.',
  prompt: USEFUL_PROMPT,
  shape: {},
  async grade(row, ask) {
    const references = referencesOf(row.example)
    const passages = row.result.texts ?? []
    if (references.length === 0) return notApplicable('no reference')
    if (passages.length === 0) return notApplicable('no passages were found')
    const { verdicts } = await ask(
      USEFUL_PROMPT,
      { question: questionOf(row), reference: references, passages: passages.map(({ text }) => text) },
      Verdicts,
    )
    const parts = demandVerdicts(
      verdicts,
      passages.map(({ id }) => id),
    )
    let [hits, sum] = [0, 0]
    parts.forEach(({ score }, at) => {
      hits += score
      sum += score * (hits / (at + 1))
    })
    return { score: hits === 0 ? 0 : sum / hits, detail: `${hits} of ${parts.length} useful`, parts }
  },
})

export const contextRecall = graded({
  id: 'context-recall',
  kind: 'mean',
  needs: ['expected'],
  source: 'Ragas: claims of the reference that the passages support over all of them',
  description: 'Share of the claims of the reference that the found passages support.',
  prompt: `${CLAIMS_PROMPT}\n\n${SUPPORT_PROMPT}`,
  shape: {},
  async grade({ example, result }, ask) {
    const references = referencesOf(example)
    if (references.length === 0) return notApplicable('no reference')
    const passages = (result.texts ?? []).map(({ text }) => text)
    const claims = await claimsOf(ask, references.join('\n'))
    if (claims.length === 0) return notApplicable('the reference makes no claim')
    if (passages.length === 0) return { score: 0, detail: 'no passages were found' }
    const parts = await supportOf(ask, claims, passages)
    return {
      score: shareOf(parts),
      detail: `${parts.filter(({ score }) => score === 1).length} of ${parts.length} claims`,
      parts,
    }
  },
})
