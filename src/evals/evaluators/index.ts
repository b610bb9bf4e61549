/** The evaluators, each by name; a suite uses them with options. */
import type { EvaluatorUse } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Judge } from '../judge-part.ts'
import { abstention } from './abstention.ts'
import { answerRelevance } from './answer-relevance.ts'
import { averagePrecision } from './average-precision.ts'
import { bleu } from './bleu.ts'
import { chrf } from './chrf.ts'
import { citationValidity } from './citation-validity.ts'
import { citationPrecision, citationRecall } from './citations.ts'
import { classification } from './classification.ts'
import { code } from './code.ts'
import { codeTests } from './code-tests.ts'
import { contains } from './contains.ts'
import { contextPrecision, contextRecall } from './contexts.ts'
import { conversationGoal, conversationKnowledge, conversationRole } from './conversation.ts'
import { correctness } from './correctness.ts'
import { costMicroUsd } from './cost-micro-usd.ts'
import { criterion } from './criterion.ts'
import { editDistance } from './edit-distance.ts'
import type { Evaluator, Scorer } from './evaluator.ts'
import { exact } from './exact.ts'
import { faithfulness } from './faithfulness.ts'
import { bias, toxicity } from './harms.ts'
import { jsonSchema } from './json-schema.ts'
import { language } from './language.ts'
import { latencyMs } from './latency-ms.ts'
import { ndcg } from './ndcg.ts'
import { normalisedMatch } from './normalised.ts'
import { number } from './number.ts'
import { pairwise } from './pairwise.ts'
import { precisionAtK } from './precision-at-k.ts'
import { recallAtK } from './recall-at-k.ts'
import { reciprocalRank } from './reciprocal-rank.ts'
import { refusal } from './refusal.ts'
import { regex } from './regex.ts'
import { rougeL } from './rouge-l.ts'
import { rouge1, rouge2 } from './rouge-n.ts'
import { rubric } from './rubric.ts'
import { similarity } from './similarity.ts'
import { sql } from './sql.ts'
import { steps } from './steps.ts'
import { tokenF1 } from './token-f1.ts'
import { tokens } from './tokens.ts'
import { toolCalls } from './tool-calls.ts'
import { trajectory } from './trajectory.ts'

export { BLEU_SIGNATURE, bleuCounts, bleuFrom } from './bleu.ts'
export { chrfCounts, chrfFrom } from './chrf.ts'
export { foldLabel, labelReader } from './classification.ts'
export type { Answered, EmbedTexts, Evaluator, Reach, Scored, ScoredRow, Scorer, ToolCall } from './evaluator.ts'
export { type AskJudge, readAnswer } from './judge.ts'
export { LANGUAGES, languageOf } from './language.ts'
export { numbersIn } from './number.ts'
export { isRefusal } from './refusal.ts'
export { nearBySubsequence } from './rouge-l.ts'
export { rougeN } from './rouge-n.ts'
export { bestOver, normalised, plainTokens } from './text.ts'

export const EVALUATORS: readonly Evaluator[] = [
  exact,
  normalisedMatch,
  contains,
  regex,
  number,
  jsonSchema,
  classification,
  tokenF1,
  rouge1,
  rouge2,
  rougeL,
  bleu,
  chrf,
  editDistance,
  similarity,
  refusal,
  language,
  abstention,
  sql,
  code,
  codeTests,
  citationValidity,
  citationPrecision,
  citationRecall,
  precisionAtK,
  recallAtK,
  reciprocalRank,
  ndcg,
  averagePrecision,
  contextPrecision,
  contextRecall,
  faithfulness,
  answerRelevance,
  correctness,
  rubric,
  criterion,
  pairwise,
  toxicity,
  bias,
  conversationGoal,
  conversationKnowledge,
  conversationRole,
  toolCalls,
  trajectory,
  steps,
  latencyMs,
  tokens,
  costMicroUsd,
]

/** An evaluator as one suite uses it; `key` names its scores. */
export type Prepared = {
  readonly key: string
  readonly evaluator: Evaluator
  readonly score: Scorer
  readonly judge?: Judge
  /** The model that it asks, whether that judges or makes vectors. */
  readonly asks?: string
}

/** The evaluators of a suite, options checked. A second use of one evaluator has the key `regex#2`. */
export function prepareEvaluators(uses: readonly EvaluatorUse[]): Prepared[] {
  const counts = new Map<string, number>()
  return uses.map(({ use, options }) => {
    const evaluator = evaluatorOf(use)
    const count = (counts.get(use) ?? 0) + 1
    counts.set(use, count)
    const judge = evaluator.judgeOf?.(options)
    const asks = judge?.model ?? evaluator.vectorsBy?.(options)
    return {
      key: count === 1 ? use : `${use}#${count}`,
      evaluator,
      score: evaluator.prepare(options),
      ...(judge && { judge }),
      ...(asks !== undefined && { asks }),
    }
  })
}

/** Throws `evals.unknown-evaluator` with the list of those that exist. */
export function evaluatorOf(id: string): Evaluator {
  const found = EVALUATORS.find((evaluator) => evaluator.id === id)
  if (found) return found
  throw new Failure(
    'invalid',
    'evals.unknown-evaluator',
    `There is no evaluator ${id}. Use one of ${EVALUATORS.map((evaluator) => evaluator.id).join(', ')}.`,
  )
}
