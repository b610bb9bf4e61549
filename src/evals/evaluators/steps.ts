/** A judge grades each step that an agent took, and the way as a whole. */
import { z } from 'zod'
import { notApplicable } from './evaluator.ts'
import { demandVerdicts, graded, questionOf, shareOf, Verdict } from './graded.ts'

const PROMPT = `You judge the steps of an agent, which are calls of tools, and the way as a whole.
A step is right when, with what was known at that point, it brings the task nearer: the tool fits, its arguments follow from the task or from what was found, and it repeats nothing. The way is right when the task is done by its end without needless steps.
Answer, with one verdict a step in their order: {"verdicts": [{"reason": text, "verdict": true or false}, …], "whole": {"reason": text, "verdict": true or false}}`

export const steps = graded({
  id: 'steps',
  kind: 'mean',
  needs: [],
  source: 'own; self-tested. Plan adherence and step efficiency of DeepEval ask for one figure each',
  description: 'Share of an agent’s steps that a judge finds right; the whole way is a part of its own.',
  prompt: PROMPT,
  shape: {},
  async grade(row, ask) {
    const calls = row.result.toolCalls ?? []
    if (calls.length === 0) return notApplicable('no step was taken')
    const { verdicts, whole } = await ask(
      PROMPT,
      { task: questionOf(row), steps: calls, answer: row.answer },
      z.object({ verdicts: z.array(Verdict), whole: Verdict }),
    )
    const parts = demandVerdicts(
      verdicts,
      calls.map(({ name }, at) => `${at + 1}. ${name}`),
    )
    return {
      score: shareOf(parts),
      detail: `${parts.filter(({ score }) => score === 1).length} of ${parts.length} steps; the whole: ${whole.verdict ? 'right' : 'wrong'}`,
      parts: [...parts, { name: 'whole', score: whole.verdict ? 1 : 0, detail: whole.reason }],
    }
  },
})
