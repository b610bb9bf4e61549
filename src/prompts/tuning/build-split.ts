/**
 * What tuning may see: the build split, and nothing else. The type can be made by `buildSplitOf` alone, and the tuner
 * takes no other data and no function that gives any, so that the holdout is closed to it by construction.
 */
import type { Example } from '../../core/dataset.ts'

declare const onlyBuild: unique symbol
export type BuildSplit = { readonly examples: readonly Example[]; readonly [onlyBuild]: true }

export const buildSplitOf = (examples: readonly Example[]): BuildSplit =>
  // The one place where the mark is given: after everything else was taken out.
  ({ examples: examples.filter(({ split }) => split === 'build') }) as unknown as BuildSplit
