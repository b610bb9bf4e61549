/**
 * An index without the passages that name a person, under the parameters that it had. Its own digest is another one;
 * releases go on naming the one that they were frozen with, and `privacy` keeps that it was changed.
 */
import type { FrozenChange, FrozenContent } from '../store/personal-data.ts'
import type { IndexSettings } from './snapshot/build.ts'
import { buildSnapshot } from './snapshot/build.ts'
import { decodeSnapshot, MAGIC } from './snapshot/format.ts'
import { openSnapshot } from './snapshot/index-view.ts'

/** Undefined when it is no index or names nobody. Passages are counted, so that a receipt can say how many. */
export async function withoutPassages(
  content: FrozenContent,
  isTheirs: (value: unknown) => boolean,
): Promise<FrozenChange | undefined> {
  if (!(await content.head(MAGIC.length)).equals(Buffer.from(MAGIC))) return undefined
  const file = await content.whole()
  const passages = [...openSnapshot(file).passages()]
  const found = passages.filter(isTheirs)
  if (found.length === 0) return undefined
  const { analyser, k1, b, extractors } = decodeSnapshot(file).header
  const settings = { analyser, k1, b, ...(extractors && { extractors }) } as IndexSettings
  const built = await buildSnapshot(
    passages.filter((passage) => !isTheirs(passage)),
    settings,
  )
  return { count: found.length, found: () => found, pieces: () => [built.file] }
}
