/** The answer matches a regular expression, within the bounds of `bounded-expression.ts`. */
import { z } from 'zod'
import { messageOf } from '../../kernel/failure.ts'
import { type BoundedExpression, boundedExpression } from './bounded-expression.ts'
import { evaluator, optionsFailure, passed } from './evaluator.ts'

export const regex = evaluator({
  id: 'regex',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: [],
  cost: 'none',
  source: 'own; self-tested',
  description: 'The answer matches `pattern` (with `flags` of i, m, s, u), or does not where `absent` is set.',
  options: z.strictObject({
    pattern: z.string().min(1),
    flags: z
      .string()
      .regex(/^[imsu]*$/, 'use i, m, s and u')
      .default(''),
    absent: z.boolean().default(false),
  }),
  scorer({ pattern, flags, absent }) {
    const expression = compile(pattern, flags)
    return ({ answer }) => {
      const isMatch = expression.test(answer)
      return passed(isMatch !== absent, isMatch ? 'matches' : 'does not match')
    }
  },
})

function compile(pattern: string, flags: string): BoundedExpression {
  try {
    return boundedExpression(pattern, flags)
  } catch (thrown) {
    throw optionsFailure('regex', messageOf(thrown))
  }
}
