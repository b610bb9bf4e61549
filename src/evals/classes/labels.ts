/** The labels that examples expect. What is held does not grow with the examples: it ends as soon as they are too many. */
import { type Example, referencesOf } from '../../core/dataset.ts'

const MOST_LABELS = 1_000
/** Texts that hardly return are answers, and no labels. */
const EXAMPLES_A_LABEL = 2

/** Labels as they are compared, each with how it is first written, the most frequent first; or why these are none. */
export type Labels = { readonly labels: readonly { key: string; name: string }[]; readonly reason: string | null }

export async function labelsOf(
  pages: AsyncIterable<readonly (Example | undefined)[]>,
  read: (text: string) => string,
): Promise<Labels> {
  const found = new Map<string, { key: string; name: string; n: number }>()
  let examples = 0
  for await (const page of pages)
    for (const example of page) {
      const [wanted, another] = example ? referencesOf(example) : []
      if (wanted === undefined || another !== undefined) continue
      examples += 1
      const key = read(wanted)
      const label = found.get(key) ?? { key, name: wanted.trim(), n: 0 }
      label.n += 1
      found.set(key, label)
      if (found.size > MOST_LABELS) return none(`The examples expect more than ${MOST_LABELS} different answers`)
    }
  if (found.size < 2 || found.size * EXAMPLES_A_LABEL > examples)
    return none(`${examples} examples with one expected answer expect ${found.size} different ones`)
  return { labels: [...found.values()].sort((one, other) => other.n - one.n), reason: null }
}

const none = (found: string): Labels => ({
  labels: [],
  reason: `${found}. Labels are 2 to ${MOST_LABELS}, each expected ${EXAMPLES_A_LABEL} times on average; other answers have no classes.`,
})
