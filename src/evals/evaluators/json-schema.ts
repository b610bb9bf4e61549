/**
 * The answer is JSON and fits a JSON Schema (draft 7 or 2020-12's common part), checked by ajv. Patterns in the schema
 * are matched within the bounds of `bounded-expression.ts`.
 */
import { z } from 'zod'
import { messageOf } from '../../kernel/failure.ts'
import { schemaCheck } from '../../kernel/json-schema.ts'
import { boundedExpression } from './bounded-expression.ts'
import { evaluator, optionsFailure, passed } from './evaluator.ts'

export const jsonSchema = evaluator({
  id: 'json-schema',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: [],
  cost: 'none',
  source: 'ajv, JSON Schema draft 7',
  description: 'The answer is JSON that fits `schema`; one Markdown code fence around it is taken off.',
  options: z.strictObject({ schema: z.record(z.string(), z.unknown()) }),
  scorer({ schema }) {
    const problemsOf = compile(schema)
    return ({ answer }) => {
      let value: unknown
      try {
        value = JSON.parse(withoutFence(answer))
      } catch (thrown) {
        return passed(false, `not JSON: ${messageOf(thrown)}`)
      }
      const [first] = problemsOf(value)
      return passed(!first, first ? `${first.field || 'the value'} ${first.message}` : 'fits')
    }
  },
})

function compile(schema: Record<string, unknown>) {
  try {
    return schemaCheck(schema, boundedExpression)
  } catch (thrown) {
    throw optionsFailure('json-schema', messageOf(thrown))
  }
}

const withoutFence = (text: string): string => /^\s*```\w*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text
