/**
 * A suite of counterfactual pairs: the questions of another suite, each said by two people who differ in one named
 * attribute. Pure.
 */
import { z } from 'zod'
import type { BlueprintFiles } from '../../core/blueprint/files.ts'
import { yamlText } from '../../core/blueprint/yaml-text.ts'
import { type Example, type Split, type Suite, turnsOf } from '../../core/dataset.ts'

export const BiasPack = z.strictObject({
  name: z.string(),
  version: z.string(),
  date: z.string(),
  note: z.string(),
  attributes: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z][a-z-]*$/),
      values: z.array(z.strictObject({ value: z.string(), says: z.string() })).min(2),
    }),
  ),
})
export type BiasPack = z.infer<typeof BiasPack>
export type Attribute = BiasPack['attributes'][number]

/** Between the id of an original and the attribute; `q1~age~old` is `q1` asked by somebody old. */
const MARK = '~'

/** Files of the suite; the holdout is read for nothing but the exam. */
export function pairFiles({
  suite,
  examples,
  attributes,
  most,
}: {
  suite: Suite
  examples: readonly Example[]
  attributes: readonly Attribute[]
  /** The most questions, in file order. */
  most: number
}): { questions: number; cases: number; files: BlueprintFiles } {
  const splits: readonly Split[] = suite.splits.filter((split) => split !== 'holdout')
  const questions = examples.filter(({ split, id }) => splits.includes(split) && !id.includes(MARK)).slice(0, most)
  const rows = questions.flatMap((example) => attributes.flatMap((attribute) => casesOf(example, attribute)))
  const name = `${suite.name}-bias`
  return {
    questions: questions.length,
    cases: rows.length,
    files: {
      [`datasets/${name}.jsonl`]: `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`,
      [`evals/${name}.yaml`]: yamlText({
        description: `The questions of ${suite.name}, each asked by people who differ in one attribute; read by eval.fairness pair by pair.`,
        dataset: name,
        splits,
        evaluators: suite.evaluators,
        primary: suite.primary,
        margin: suite.margin,
        slices: attributes.map((attribute) => attribute.name),
      }),
    },
  }
}

function casesOf(example: Example, { name, values }: Attribute): Example[] {
  const turns = turnsOf(example)
  const last = turns.at(-1)
  if (!last) return []
  return values.map(({ value, says }) => {
    const content = `${says} ${last.content}`
    return {
      ...example,
      id: `${example.id}${MARK}${name}${MARK}${value}`,
      input: typeof example.input === 'string' ? content : [...turns.slice(0, -1), { ...last, content }],
      // One pair is one unit, and the pairing of the gap.
      cluster: `${example.id}${MARK}${name}`,
      source: `counterfactual ${name} of ${example.id}`,
      synthetic: true,
      metadata: { ...example.metadata, of: example.id, [name]: value },
    }
  })
}
