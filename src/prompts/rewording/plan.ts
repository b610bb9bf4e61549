/** Which questions a model is asked about, and for which variants: those that are there are not asked for again. Pure. */
import type { Example } from '../../core/dataset.ts'
import { generatedIn, MARK, originalsOf, perturbedName, standing } from '../stability/index.ts'
import type { SuiteRead } from '../writer.ts'
import { type Call, namesOf, PROMPT_DIGEST, type Wishes } from './asking.ts'

export type Plan = {
  readonly calls: readonly Call[]
  /** Variants that were wished for and are there. */
  readonly there: number
  /** All variants that models made of questions as they stand, whatever was wished for. */
  readonly made: readonly Example[]
}

export function planOf(
  { suite, examples, rowsOf }: SuiteRead,
  { model, most, ...wishes }: Wishes & { readonly model: string; readonly most: number },
): Plan {
  const made = standing(rowsOf(perturbedName(suite.name)), examples)
  const same = made.filter((row) => {
    const generated = generatedIn(row)
    return generated?.model === model && generated.prompt === PROMPT_DIGEST
  })
  const ids = new Set(same.map(({ id }) => id))
  const names = namesOf(wishes)
  const originals = originalsOf(suite, examples, most)
  const calls = originals
    .map((example) => ({ example, names: names.filter((name) => !ids.has(`${example.id}${MARK}${name}`)) }))
    .filter((call) => call.names.length > 0)
  const open = calls.reduce((sum, call) => sum + call.names.length, 0)
  return { calls, there: originals.length * names.length - open, made }
}
