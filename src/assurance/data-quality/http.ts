/** Routes of data quality to verbs. */
import type { Application } from '../../core/application.ts'
import type { IndexPart } from '../../core/manifest.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import * as contract from './contract.ts'
import { type KnowledgePassage, measureKnowledge } from './knowledge.ts'
import { announcedBy } from './personal-data.ts'
import type { DatasetQuality } from './quality.ts'

export const dataQualityHttp = (quality: DatasetQuality): Mounted[] => [
  handle(contract.runDataQuality, async ({ params, body, caller }) =>
    reply(201, await quality.run({ ...body, name: params.dataset, caller })),
  ),
  handle(contract.listQualityRuns, async ({ params, query, caller }) =>
    reply(200, await quality.runs({ ...query, name: params.dataset, caller })),
  ),
  handle(contract.listLabelSample, async ({ params, query, caller }) =>
    reply(200, await quality.labelSample({ ...query, name: params.dataset, caller })),
  ),
  handle(contract.answerLabel, async ({ params, body, caller }) =>
    reply(201, await quality.answerLabel({ ...body, name: params.dataset, caller })),
  ),
  handle(contract.getDataSheet, async ({ params, query, caller }) => {
    const { file, type, text } = await quality.sheet({ ...query, name: params.dataset, caller })
    return new Response(text, {
      headers: { 'content-type': type, 'content-disposition': `attachment; filename="${file}"` },
    })
  }),
]

export type KnowledgeQualityDeps = {
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  readonly applicationOf: (name: string) => Promise<Application>
  readonly passagesOf: (part: IndexPart) => Promise<Iterable<KnowledgePassage>>
}

export const knowledgeQualityHttp = ({ releaseOf, applicationOf, passagesOf }: KnowledgeQualityDeps): Mounted[] => [
  handle(contract.getKnowledgeQuality, async ({ params, caller }) => {
    const { application, manifest } = await releaseOf(params.id)
    demandApplication(caller, application)
    const { index } = manifest
    if (!index)
      throw new Failure(
        'unmet',
        'data-quality.no-knowledge',
        `${params.id} has no documents. Put some into its folder knowledge/ and freeze it.`,
      )
    const announced = announcedBy((await applicationOf(application)).documents.profile?.value)
    const found = measureKnowledge([...(await passagesOf(index))], announced)
    return reply(200, { release: params.id, index: index.digest, ...found })
  }),
]
