/** Routes of exchange to what they do. */
import type { DatasetPart } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { type ExamplesOf, jsonLinesOf } from '../datasets/index.ts'
import { checkDatasetPointer, convertPromptfooProject, getDatasetPointer, writePromptfooProject } from './contract.ts'
import { demandDvcMatch, dvcPointerOf } from './dvc.ts'
import { convertPromptfoo } from './promptfoo.ts'
import { promptfooOf } from './to-promptfoo.ts'

export type ExchangeDeps = {
  readonly datasets: (application: string) => Promise<DatasetPart[]>
  readonly examplesOf: Pick<ExamplesOf, 'pieces'>
}

export function exchangeHttp({ datasets, examplesOf }: ExchangeDeps): Mounted[] {
  async function* linesOf(part: DatasetPart): AsyncGenerator<Buffer> {
    for await (const piece of examplesOf.pieces(part)) yield Buffer.from(jsonLinesOf(piece))
  }
  return [
    handle(convertPromptfooProject, async ({ body }) => reply(200, convertPromptfoo(body.files))),
    handle(writePromptfooProject, async ({ body }) => reply(200, promptfooOf(body))),
    handle(getDatasetPointer, async ({ params, caller }) => {
      demandApplication(caller, params.name)
      const part = (await datasets(params.name)).find(({ name }) => name === params.dataset)
      if (!part)
        throw new Failure(
          'unknown',
          'evals.dataset-unknown',
          `The newest release of ${params.name} has no dataset ${params.dataset}.`,
        )
      const path = `${part.name}.jsonl`
      return reply(200, {
        dataset: part.name,
        digest: part.digest,
        file: `${path}.dvc`,
        content: await dvcPointerOf({ path, pieces: linesOf(part) }),
      })
    }),
    handle(checkDatasetPointer, async ({ body }) =>
      reply(200, demandDvcMatch(body.pointer, { path: body.path, bytes: Buffer.from(body.content) })),
    ),
  ]
}
