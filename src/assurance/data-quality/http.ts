/** Routes of data quality to verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import * as contract from './contract.ts'
import type { ReleaseKnowledge } from './knowledge-quality.ts'
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

export const knowledgeQualityHttp = (knowledge: ReleaseKnowledge): Mounted[] => [
  handle(contract.getKnowledgeQuality, async ({ params, caller }) => {
    demandApplication(caller, await knowledge.applicationOf(params.id))
    return reply(200, { release: params.id, ...(await knowledge.get(params.id)) })
  }),
]
