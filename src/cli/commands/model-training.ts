/** models trained, models lineage: how a model of our own was made, and exactly what of that nobody knows. */
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { Output } from '../output.ts'

type Lineage = Awaited<ReturnType<Client['getModelLineage']>>
type Run = Awaited<ReturnType<Client['listTrainingRuns']>>['items'][number]

const MOST = 200

export function addTrainingRunCommands(models: Command): void {
  models
    .command('trained')
    .description('record how a model of our own was trained, or list what is recorded')
    .argument('[model]', 'provider/model')
    .argument('[file]', 'YAML or JSON with method, base, datasets, code, parameters, seed, weights, …')
    .option('--mlflow <file>', 'the answer of runs/get of MLflow; what the other file says goes before')
    .option('--replaces <run>', 'the record whose place it takes')
    .option('--dataset <name>', 'list those that learned from this dataset')
    .action(
      withServer(
        async (
          { client, output },
          model: string | undefined,
          file: string | undefined,
          { mlflow, replaces, dataset }: { mlflow?: string; replaces?: string; dataset?: string },
        ) => {
          if (file === undefined && mlflow === undefined) return listRuns({ client, output }, { model, dataset })
          if (model === undefined) throw new UsageError('Which model? airworthy models trained <model> <file>.')
          const { body: run } = await client.recordTrainingRun({
            body: {
              model,
              ...(file !== undefined && { content: await readFile(file, 'utf8') }),
              ...(mlflow !== undefined && { mlflow: await readFile(mlflow, 'utf8') }),
              ...(replaces !== undefined && { replaces }),
            },
          })
          const lineage = await client.getModelLineage({ params: { model } })
          output.result({ run, lineage }, () => {
            output.line(`Recorded as ${run.id}.`)
            showLineage(output, lineage)
          })
          return EXIT.ok
        },
      ),
    )
  models
    .command('lineage')
    .description('what a model was made from, part by part; ends with 3 while something is missing')
    .argument('<model>', 'provider/model')
    .action(
      withServer(async ({ client, output }, model: string) => {
        const lineage = await client.getModelLineage({ params: { model } })
        output.result(lineage, () => showLineage(output, lineage))
        return lineage.complete ? EXIT.ok : EXIT.undecided
      }),
    )
}

async function listRuns(
  { client, output }: { client: Client; output: Output },
  { model, dataset }: { model: string | undefined; dataset: string | undefined },
) {
  const { items } = await client.listTrainingRuns({
    query: { limit: MOST, ...(model !== undefined && { model }), ...(dataset !== undefined && { dataset }) },
  })
  output.result(items, () =>
    output.table(
      ['run', 'model', 'how', 'made from', 'learned from', 'recorded'],
      items.map((run) => [
        run.id,
        run.model,
        run.method ?? 'unknown',
        run.base.join(', ') || 'unknown',
        run.datasets.map(dataName).join(', ') || 'unknown',
        run.recordedAt.slice(0, 10),
      ]),
      'No training run is recorded.',
    ),
  )
  return EXIT.ok
}

const dataName = (one: Run['datasets'][number]): string =>
  one.kind === 'version' ? `${one.dataset} version ${one.version}` : one.name

function showLineage(output: Output, { model, complete, parts, notes }: Lineage): void {
  output.line(`The lineage of ${model} is ${complete ? 'complete' : 'not complete'}.`)
  output.table(
    ['part', 'state', 'what is known'],
    parts.map(({ part, state, says }) => [part, state, says]),
  )
  for (const note of notes) output.line(note)
}
