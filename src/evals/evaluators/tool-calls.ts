/** The right tools with the right arguments, and no further calls. */
import { z } from 'zod'
import type { Example } from '../../core/dataset.ts'
import { type SchemaCheck, schemaCheck } from '../../kernel/json-schema.ts'
import { createKept, type Kept } from '../../kernel/kept.ts'
import { evaluator, notApplicable, type ToolCall } from './evaluator.ts'
import { callOf, callsIn, ExpectedCall, matchCalls } from './tool-match.ts'
import { jsonSchemaOf } from './tool-schema.ts'

export const toolCalls = evaluator({
  id: 'tool-calls',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['tools'],
  cost: 'none',
  source:
    'accepted values as the Berkeley function calling leaderboard; F1 over calls as promptfoo. `mode: all` is BFCL’s own verdict',
  description:
    'Calls beside the expected ones in `tools` (accepted values by argument), and beside the schemas in metadata.functions. F1 over calls, or `all` or nothing. An empty list expects that nothing is called.',
  options: z.strictObject({ mode: z.enum(['all', 'f1', 'names']).default('all') }),
  scorer({ mode }) {
    const checks = createKept<string, SchemaCheck>(MOST_CHECKS)
    return ({ example, answer, result }) => {
      const expected = expectedCalls(example)
      if (expected === undefined) return notApplicable('no `tools` are expected')
      const read = result.toolCalls ?? callsIn(answer)
      // Words where no call is expected are right; where one is expected they are none.
      const calls = read ?? []
      const wanted = mode === 'names' ? expected.map(({ name }) => ({ name, arguments: {} })) : expected
      const made = mode === 'names' ? calls.map(({ name }) => ({ name, arguments: {} })) : calls
      const { expected: pairs, extra } = matchCalls(made, wanted)
      const unfit = mode === 'names' ? [] : calls.flatMap((call) => schemaProblem(call, example, checks) ?? [])
      const problems = [
        ...pairs.map(({ problem }) => problem).filter(Boolean),
        ...extra.map(({ name }) => `${name} was called and is not expected`),
        ...unfit,
      ]
      const right = pairs.filter(({ problem }) => problem === '').length
      const detail = problems.length === 0 ? `${right} as expected` : problems.join('; ').slice(0, 500)
      if (mode === 'all') return { score: problems.length === 0 ? 1 : 0, detail }
      const sum = calls.length + expected.length
      return { score: sum === 0 ? 1 : unfit.length > 0 ? 0 : (2 * right) / sum, detail }
    }
  },
})

/** Schemas compiled at one time: rows of a dataset mostly offer the same tools. */
const MOST_CHECKS = 500

/** The expected calls of an example; undefined when it names none, and an entry that is no call throws. */
export function expectedCalls({ tools }: Pick<Example, 'tools'>): ExpectedCall[] | undefined {
  return tools?.map((tool, at) => {
    const call = ExpectedCall.safeParse(callOf(tool) ?? tool)
    if (call.success) return call.data
    throw new Error(`tools[${at}] is no expected call; write {"name": …, "arguments": {argument: [accepted values]}}.`)
  })
}

function schemaProblem(
  call: ToolCall,
  { metadata }: Pick<Example, 'metadata'>,
  checks: Kept<string, SchemaCheck>,
): string | undefined {
  const functions = metadata?.functions
  if (!Array.isArray(functions)) return undefined
  const declared = functions.find((one) => one?.name === call.name || one?.function?.name === call.name)
  if (!declared) return `${call.name} is not offered`
  const schema = jsonSchemaOf((declared.function ?? declared).parameters ?? {})
  const [first] = checks.get(JSON.stringify(schema), () => schemaCheck(schema))(call.arguments)
  return first && `${[call.name, first.field].filter(Boolean).join('.')} ${first.message}`
}
