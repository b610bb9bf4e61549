/** The way an agent took, held against the way that is expected: by the names of its calls in their order. */
import { z } from 'zod'
import { evaluator, notApplicable } from './evaluator.ts'
import { harmonicMean } from './text.ts'
import { expectedCalls } from './tool-calls.ts'
import { callsIn } from './tool-match.ts'

export const trajectory = evaluator({
  id: 'trajectory',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['tools'],
  cost: 'none',
  source: 'exact, in-order and any-order match and their F1 as Vertex AI names them; self-tested',
  description:
    'The calls in their order: `exact` the same, `in-order` the expected ones in order among others, `any-order` all of them, `f1` overlap of the names. With `mostSteps` more calls fail.',
  options: z.strictObject({
    match: z.enum(['exact', 'in-order', 'any-order', 'f1']).default('in-order'),
    mostSteps: z.number().int().min(1).optional(),
  }),
  scorer:
    ({ match, mostSteps }) =>
    ({ example, answer, result }) => {
      const expected = expectedCalls(example)?.map(({ name }) => name)
      if (expected === undefined) return notApplicable('no `tools` are expected')
      const calls = (result.toolCalls ?? callsIn(answer) ?? []).map(({ name }) => name)
      const detail = `${calls.join(' → ') || 'nothing'}, expected ${expected.join(' → ') || 'nothing'}`
      if (mostSteps !== undefined && calls.length > mostSteps)
        return { score: 0, detail: `${calls.length} steps, at most ${mostSteps}` }
      // Each expected call is a step with a score of its own, so that one sees where the way was left.
      const parts = stepsOf(calls, expected)
      return { score: scoreOf(match, calls, expected), detail, parts }
    },
})

function scoreOf(match: 'exact' | 'in-order' | 'any-order' | 'f1', calls: string[], expected: string[]): number {
  if (match === 'exact')
    return calls.length === expected.length && calls.every((name, at) => name === expected[at]) ? 1 : 0
  if (match === 'in-order') return isSubsequence(expected, calls) ? 1 : 0
  const shared = sharedCount(calls, expected)
  if (match === 'any-order') return shared === expected.length ? 1 : 0
  if (calls.length === 0 || expected.length === 0) return calls.length === expected.length ? 1 : 0
  return harmonicMean(shared / calls.length, shared / expected.length)
}

function isSubsequence(wanted: readonly string[], whole: readonly string[]): boolean {
  let at = 0
  for (const name of whole) if (name === wanted[at]) at++
  return at === wanted.length
}

function sharedCount(one: readonly string[], other: readonly string[]): number {
  const left = [...other]
  return one.filter((name) => {
    const at = left.indexOf(name)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  }).length
}

function stepsOf(calls: readonly string[], expected: readonly string[]) {
  let at = 0
  return expected.map((name, step) => {
    const found = calls.indexOf(name, at)
    if (found >= 0) at = found + 1
    return {
      name: `${step + 1}. ${name}`,
      score: found >= 0 ? 1 : 0,
      detail: found >= 0 ? `call ${found + 1}` : 'not made',
    }
  })
}
