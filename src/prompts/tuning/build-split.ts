/**
 * What tuning may see: the build split, and nothing else. The type can be made by `buildSplitOf` alone, and the tuner
 * takes no other data and no function that gives any, so that the holdout is closed to it by construction. A case of
 * the build split whose words also stand in another split is taken out as well: it would carry them over.
 */
import { type Example, turnsOf } from '../../core/dataset.ts'

declare const onlyBuild: unique symbol
export type BuildSplit = { readonly examples: readonly Example[]; readonly [onlyBuild]: true }

export function buildSplitOf(all: readonly Example[]): BuildSplit {
  const elsewhere = new Set(all.flatMap((example) => (example.split === 'build' ? [] : [wordsOf(example)])))
  const examples = all.filter((example) => example.split === 'build' && !elsewhere.has(wordsOf(example)))
  // The one place where the mark is given: after everything else was taken out.
  return { examples } as unknown as BuildSplit
}

/** Case and spaces make no difference. */
const wordsOf = (example: Example): string =>
  turnsOf(example)
    .map(({ role, content }) => `${role} ${content.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()}`)
    .join('\n')
