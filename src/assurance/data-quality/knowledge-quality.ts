/** The quality of a release's documents, measured once for each index: the same passages always say the same. */
import type { Application } from '../../core/application.ts'
import type { IndexPart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { type KnowledgePassage, type KnowledgeQuality, measureKnowledge } from './knowledge.ts'
import { announcedBy } from './personal-data.ts'

export type KnowledgeQualityDeps = {
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly applicationOf: (name: string) => Promise<Application>
  readonly passagesOf: (part: IndexPart) => Promise<Iterable<KnowledgePassage>>
}
export type ReleaseKnowledge = ReturnType<typeof createKnowledgeQuality>

const MOST_KEPT = 100

export function createKnowledgeQuality({ releaseOf, applicationOf, passagesOf }: KnowledgeQualityDeps) {
  const kept = new Map<string, KnowledgeQuality>()

  return {
    applicationOf: async (id: ReleaseId): Promise<string> => (await releaseOf(id)).application,

    /** Throws `data-quality.no-knowledge` for a release without documents. */
    async get(id: ReleaseId): Promise<KnowledgeQuality & { index: IndexPart['digest'] }> {
      const { application, manifest } = await releaseOf(id)
      const { index } = manifest
      if (!index)
        throw new Failure(
          'unmet',
          'data-quality.no-knowledge',
          `${id} has no documents. Put some into its folder knowledge/ and freeze it.`,
        )
      const announced = announcedBy((await applicationOf(application)).documents.profile?.value)
      const key = JSON.stringify([index.digest, announced])
      const found = kept.get(key) ?? measureKnowledge([...(await passagesOf(index))], announced)
      if (kept.size >= MOST_KEPT) kept.clear()
      kept.set(key, found)
      return { index: index.digest, ...found }
    },
  }
}
