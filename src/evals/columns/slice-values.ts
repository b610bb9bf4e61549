/** By what an example is cut: the values of the names that a suite gives. */
import type { Example } from '../../core/dataset.ts'

/** `split` and `cluster` are fields of an example, everything else is metadata; absent values make no slice. */
export function sliceValues(
  example: Pick<Example, 'split' | 'metadata'>,
  names: readonly string[],
): Record<string, string> {
  const values = names.map((name) => [name, name === 'split' ? example.split : example.metadata?.[name]] as const)
  return Object.fromEntries(
    values.flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, shown(value)] as const])),
  )
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200)
