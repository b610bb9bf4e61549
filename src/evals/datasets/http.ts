/** Routes of datasets to verbs. */
import { Readable } from 'node:stream'
import { PreparationStep } from '../../core/preparation.ts'
import { Failure } from '../../kernel/failure.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { uploadPieces } from '../../wire/read-body.ts'
import { reply } from '../../wire/route.ts'
import * as contract from './contract.ts'
import type { Datasets } from './datasets.ts'

export const datasetsHttp = (datasets: Datasets): Mounted[] => [
  handle(contract.createDataset, async ({ body, caller }) =>
    reply(201, await datasets.create({ ...body, application: body.application ?? null, caller })),
  ),
  handle(contract.listAllDatasets, async ({ query, caller }) => reply(200, await datasets.list({ ...query, caller }))),
  handle(contract.getDataset, async ({ params, caller }) => reply(200, await datasets.get(params.dataset, caller))),
  handle(contract.changeDataset, async ({ params, body, caller }) =>
    reply(200, await datasets.change(params.dataset, caller, body)),
  ),
  handle(contract.importRows, async ({ params, query, caller, request }) => {
    const { columns, synthetic, steps, ...rest } = query
    const given = { columns: columnsOf(columns), steps: stepsOf(steps), synthetic: synthetic === 'true' }
    // Whoever may not write is told before megabytes are read.
    await datasets.door.findToRead(params.dataset, caller)
    const content = uploadPieces(contract.importRows, request)
    const imported = await datasets.importFile({ ...rest, ...given, name: params.dataset, caller, content })
    return imported.version ? reply(201, imported) : reply(200, imported)
  }),
  handle(contract.editRows, async ({ params, body, caller }) => {
    const version = await datasets.edit({ ...body, name: params.dataset, caller })
    return version ? reply(201, version) : reply(200, { kind: 'unchanged' as const })
  }),
  handle(contract.addCase, async ({ params, body, caller }) => {
    const version = await datasets.addCase({ ...body, name: params.dataset, caller })
    return version ? reply(201, version) : reply(200, { kind: 'unchanged' as const })
  }),
  handle(contract.listDatasetVersions, async ({ params, query, caller }) =>
    reply(200, await datasets.versions({ ...query, name: params.dataset, caller })),
  ),
  handle(contract.diffDatasetVersions, async ({ params, query, caller }) =>
    reply(200, await datasets.reading.diff({ ...query, name: params.dataset, caller })),
  ),
  handle(contract.listDatasetRows, async ({ params, query, caller }) =>
    reply(200, await datasets.reading.rows({ ...query, name: params.dataset, caller })),
  ),
  handle(contract.getDatasetRow, async ({ params, query, caller }) =>
    reply(200, await datasets.reading.row({ ...query, name: params.dataset, id: params.row, caller })),
  ),
  handle(contract.exportDataset, async ({ params, query, caller }) => {
    const { file, digest, text } = await datasets.reading.export({ ...query, name: params.dataset, caller })
    return new Response(
      Readable.toWeb(Readable.from(text).map((one: string) => Buffer.from(one))) as ReadableStream<Uint8Array>,
      {
        headers: {
          'content-type': query.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl',
          'content-disposition': `attachment; filename="${file}"`,
          etag: `"${digest}"`,
        },
      },
    )
  }),
  handle(contract.listQuarantine, async ({ params, query, caller }) =>
    reply(200, await datasets.quarantine.list({ ...query, name: params.dataset, caller })),
  ),
  handle(contract.listImportedFiles, async ({ params, query, caller }) =>
    reply(200, await datasets.files({ ...query, name: params.dataset, caller })),
  ),
  handle(contract.decideQuarantine, async ({ params, body, caller }) =>
    reply(200, await datasets.quarantine.decide({ ...body, name: params.dataset, caller })),
  ),
  handle(contract.listHoldoutReads, async ({ params, caller }) =>
    reply(200, await datasets.holdoutReads(params.dataset, caller)),
  ),
]

/** `input=question,expected=answer`. */
function columnsOf(text: string | undefined): Map<string, string> {
  const columns = new Map<string, string>()
  for (const pair of text?.split(',').filter((one) => one.trim() !== '') ?? []) {
    const [field = '', column = ''] = pair.split('=').map((one) => one.trim())
    if (field === '' || column === '')
      throw new Failure(
        'invalid',
        'datasets.columns-invalid',
        `In columns, ${JSON.stringify(pair)} is no pair. Write input=question,expected=answer.`,
      )
    columns.set(field, column)
  }
  return columns
}

/** A JSON list of steps that were taken with the rows before. */
function stepsOf(text: string | undefined): PreparationStep[] {
  if (text === undefined) return []
  try {
    return PreparationStep.array().max(100).parse(JSON.parse(text))
  } catch (cause) {
    throw new Failure(
      'invalid',
      'datasets.steps-invalid',
      'Write steps as JSON: [{"name":"anonymise","version":"2.1"}].',
      { cause },
    )
  }
}
