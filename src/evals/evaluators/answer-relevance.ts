/** How much of the answer belongs to the question. */
import { z } from 'zod'
import { notApplicable } from './evaluator.ts'
import { demandVerdicts, graded, questionOf, shareOf, Verdict } from './graded.ts'

const PROMPT = `You decide for each sentence of an answer whether it helps to answer the question: it answers a part of it, or explains or limits what does.
What nobody asked for, evasions and padding do not help. Say also whether the answer as a whole commits to anything: "I do not know" does not.
Answer, in the order of the sentences: {"commits": true or false, "verdicts": [{"reason": text, "verdict": true or false}, …]}`

export const answerRelevance = graded({
  id: 'answer-relevance',
  kind: 'mean',
  needs: [],
  source:
    'relevant statements over statements, as DeepEval; Ragas compares the question with questions made from the answer by an embedding. An answer that does not commit is 0; self-tested',
  description: 'Share of the answer’s sentences that help to answer the question; 0 when it commits to nothing.',
  prompt: PROMPT,
  shape: {},
  async grade(row, ask) {
    const sentences = sentencesOf(row.answer)
    if (sentences.length === 0) return { score: 0, detail: 'says nothing' }
    if (row.result.abstained) return notApplicable('abstained')
    const { commits, verdicts } = await ask(
      PROMPT,
      { question: questionOf(row), sentences },
      z.object({ commits: z.boolean(), verdicts: z.array(Verdict) }),
    )
    const parts = demandVerdicts(verdicts, sentences)
    if (!commits) return { score: 0, detail: 'commits to nothing', parts }
    return {
      score: shareOf(parts),
      detail: `${parts.filter(({ score }) => score === 1).length} of ${parts.length} sentences`,
      parts,
    }
  },
})

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Sentences as Unicode divides text (UAX 29). */
export const sentencesOf = (text: string): string[] =>
  [...SEGMENTER.segment(text)].map(({ segment }) => segment.trim()).filter((segment) => /\p{L}|\p{N}/u.test(segment))
