/** How many answers a judge called good: of a rate its mean says it, of grades the rows are read. */
import type { Database } from '../../store/database.ts'
import type { Experiment } from '../experiment.ts'
import { numbersOf } from '../numbers/index.ts'
import { GOOD_FROM } from './ask-judge.ts'
import type { CalledGood, CalledGoodIn } from './corrected.ts'

type Ask = { readonly experiment: Pick<Experiment, 'id' | 'arms'>; readonly evaluators: readonly string[] }

export async function readCalledGood(db: Database, { experiment, evaluators }: Ask): Promise<CalledGoodIn> {
  const found = new Map<string, CalledGood>()
  for (const evaluator of evaluators) {
    const scores = experiment.arms.flatMap(({ arm, scores }) =>
      scores.flatMap((score) => (score.evaluator === evaluator && score.mean !== null ? [{ arm, ...score }] : [])),
    )
    const graded = scores.some(({ kind }) => kind !== 'rate')
      ? await countGrades(db, { experiment: experiment.id, evaluator })
      : undefined
    for (const { arm, mean, n } of scores)
      found.set(
        keyOf({ evaluator, arm }),
        graded ? (graded.get(arm) ?? { judgePositive: 0, n: 0 }) : { judgePositive: Math.round((mean ?? 0) * n), n },
      )
  }
  return (ask) => found.get(keyOf(ask))
}

const keyOf = ({ evaluator, arm }: { evaluator: string; arm: string }): string => JSON.stringify([evaluator, arm])

/** By arm; of an example that was asked several times the share of its answers. */
async function countGrades(
  db: Database,
  { experiment, evaluator }: { experiment: Experiment['id']; evaluator: string },
): Promise<Map<string, CalledGood>> {
  const arms = new Map<string, { good: number; n: number; example: number; ofExample: { good: number; n: number } }>()
  for await (const rows of numbersOf(db, { experiment, evaluators: [evaluator] }))
    for (const { arm, exampleNumber, scores } of rows) {
      const [score] = scores
      if (score == null) continue
      const sum = arms.get(arm) ?? { good: 0, n: 0, example: 0, ofExample: { good: 0, n: 0 } }
      if (sum.example !== exampleNumber) close(sum)
      sum.example = exampleNumber
      sum.ofExample.good += score >= GOOD_FROM ? 1 : 0
      sum.ofExample.n += 1
      arms.set(arm, sum)
    }
  return new Map(
    [...arms].map(([arm, sum]) => {
      close(sum)
      return [arm, { judgePositive: Math.round(sum.good), n: sum.n }]
    }),
  )
}

/** Rows come in the order of the examples. */
function close(sum: { good: number; n: number; ofExample: { good: number; n: number } }): void {
  const { ofExample } = sum
  if (ofExample.n === 0) return
  sum.good += ofExample.good / ofExample.n
  sum.n += 1
  sum.ofExample = { good: 0, n: 0 }
}
