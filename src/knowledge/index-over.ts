/** An index over texts that somebody holds, for a measurement: nothing of it is kept. */
import type { Passage } from './passage.ts'
import { buildSnapshot, type IndexSettings } from './snapshot/build.ts'
import { type KnowledgeIndex, openSnapshot } from './snapshot/index-view.ts'

export async function indexOver(
  texts: readonly Pick<Passage, 'id' | 'title' | 'text'>[],
  settings: IndexSettings,
): Promise<KnowledgeIndex> {
  const passages = texts.map((text) => ({ ...text, source: '' }))
  return openSnapshot((await buildSnapshot(passages, settings)).file)
}
