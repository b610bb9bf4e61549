/** HTTP of knowledge: thin handlers over one release's index. */
import type { IndexPart } from '../core/manifest.ts'
import type { Release } from '../core/release.ts'
import { Failure } from '../kernel/failure.ts'
import { type Caller, demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { getPassage, listDocuments, searchPassages } from './contract.ts'
import { documentProfiles } from './document-profile.ts'
import type { Knowledge } from './knowledge.ts'

export type KnowledgeHttpDeps = {
  readonly knowledge: Pick<Knowledge, 'openIndex'>
  /** Throws when there is no such release. */
  readonly releaseOf: (id: Release['id']) => Promise<Pick<Release, 'id' | 'application' | 'manifest'>>
}

export function knowledgeHttp({ knowledge, releaseOf }: KnowledgeHttpDeps): Mounted[] {
  async function partOf(id: Release['id'], caller: Caller): Promise<IndexPart> {
    const { application, manifest } = await releaseOf(id)
    demandApplication(caller, application)
    if (manifest.index) return manifest.index
    throw new Failure(
      'unknown',
      'knowledge.release-without-index',
      `Release ${id} has no documents. Put some into knowledge/ and freeze again.`,
    )
  }
  return [
    handle(getPassage, async ({ params, caller }) => {
      const part = await partOf(params.id, caller)
      const passage = (await knowledge.openIndex(part)).passage(params.passage)
      if (!passage)
        throw new Failure(
          'unknown',
          'knowledge.passage-unknown',
          `Release ${params.id} has no passage ${params.passage}; search it at /api/v1/releases/${params.id}/search?q=…`,
        )
      return reply(200, passage)
    }),
    handle(searchPassages, async ({ params, query, caller }) => {
      const part = await partOf(params.id, caller)
      const items = (await knowledge.openIndex(part)).search(query.q, query.k)
      return reply(200, { items, index: { analyser: part.analyser, passages: part.passages } })
    }),
    handle(listDocuments, async ({ params, caller }) => {
      const part = await partOf(params.id, caller)
      const index = await knowledge.openIndex(part)
      return reply(200, { items: await documentProfiles(index.passages(), part) })
    }),
  ]
}
