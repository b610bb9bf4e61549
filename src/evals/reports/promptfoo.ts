/** An experiment as promptfoo's results file (version 3): each arm is a provider, each example a test. */

import { lastUserTurn } from '../../core/conversation.ts'
import { turnsOf } from '../../core/dataset.ts'
import type { Experiment, ExperimentRow } from '../experiment.ts'

const PASS_AT = 0.5
/** What promptfoo calls an evaluator of ours; others keep their name. */
const TYPES: Readonly<Record<string, string>> = {
  exact: 'equals',
  'json-schema': 'is-json',
  similarity: 'similar',
  criterion: 'llm-rubric',
  rubric: 'llm-rubric',
  refusal: 'is-refusal',
  'rouge-1': 'rouge-n',
  'latency-ms': 'latency',
  'cost-micro-usd': 'cost',
}

export function promptfooResultsOf(experiment: Experiment, rows: readonly ExperimentRow[]): unknown {
  const kinds = new Map(experiment.arms.flatMap(({ scores }) => scores.map(({ evaluator, kind }) => [evaluator, kind])))
  const results = rows.map((row) => {
    const score = row.scores[experiment.primary]?.score ?? null
    const isPassed = score !== null && score >= (experiment.registered?.passAt ?? PASS_AT)
    return {
      promptIdx: experiment.arms.findIndex(({ arm }) => arm === row.arm),
      testIdx: row.exampleNumber - 1,
      provider: { id: row.servedBy ?? row.arm, label: row.arm },
      vars: { question: lastUserTurn(turnsOf(row)) },
      response: row.error === null ? { output: row.answer, cached: row.isReused } : { error: row.error },
      success: isPassed,
      // promptfoo tells a failed assertion (1) from an error (2).
      failureReason: row.error !== null ? 2 : isPassed ? 0 : 1,
      score: score ?? 0,
      latencyMs: row.latencyMs,
      cost: row.costMicroUsd === null ? undefined : Number(row.costMicroUsd) / 1_000_000,
      namedScores: Object.fromEntries(
        Object.entries(row.scores).flatMap(([name, { score: value }]) => (value === null ? [] : [[name, value]])),
      ),
      gradingResult: {
        pass: isPassed,
        score: score ?? 0,
        reason: row.error ?? row.scores[experiment.primary]?.detail ?? '',
        componentResults: Object.entries(row.scores).map(([name, { score: value, detail, error }]) => ({
          // By a score that is no rate nothing fails, unless the suite is decided by it.
          pass:
            name === experiment.primary ? isPassed : value !== null && (kinds.get(name) !== 'rate' || value >= PASS_AT),
          score: value ?? 0,
          reason: error ?? detail,
          assertion: { type: typeOf(name), metric: name },
        })),
      },
    }
  })
  const count = (reason: number) => results.filter(({ failureReason }) => failureReason === reason).length
  return {
    evalId: experiment.id,
    results: {
      version: 3,
      timestamp: experiment.createdAt,
      prompts: experiment.arms.map(({ arm, label }) => ({ raw: label, label, provider: arm })),
      results,
      stats: { successes: count(0), failures: count(1), errors: count(2) },
    },
    config: { description: `${experiment.application} ${experiment.suite}` },
  }
}

/** A second use in one suite is `regex#2`. */
function typeOf(evaluator: string): string {
  const [id = evaluator] = evaluator.split('#')
  return TYPES[id] ?? id
}
