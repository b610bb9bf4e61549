/**
 * The answer is JSON and fits a JSON Schema (draft 7 or 2020-12's common part), checked by ajv. Patterns in the schema
 * are matched within the bounds of `bounded-expression.ts`.
 */
import { Ajv } from 'ajv'
import { z } from 'zod'
import { messageOf } from '../../kernel/failure.ts'
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
    const fits = compile(schema)
    return ({ answer }) => {
      let value: unknown
      try {
        value = JSON.parse(withoutFence(answer))
      } catch (thrown) {
        return passed(false, `not JSON: ${messageOf(thrown)}`)
      }
      const isFitting = fits(value)
      const first = fits.errors?.[0]
      return passed(
        isFitting,
        isFitting ? 'fits' : `${first?.instancePath || 'the value'} ${first?.message ?? ''}`.trim(),
      )
    }
  },
})

function compile(schema: Record<string, unknown>) {
  try {
    // A `$schema` of another draft would make ajv look for its meta-schema; keywords are the same.
    const { $schema: _, ...rest } = schema
    return new Ajv({ allErrors: false, strict: false, validateFormats: false, code: { regExp } }).compile(rest)
  } catch (thrown) {
    throw optionsFailure('json-schema', messageOf(thrown))
  }
}

/** `code` names the engine for ajv's generated code that stands alone, of which there is none. */
const regExp = Object.assign(boundedExpression, { code: 'boundedExpression' })

const withoutFence = (text: string): string => /^\s*```\w*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text
