/** datasets: cases of the installation, with their versions, imports, quarantine and quality. */
import { createWriteStream, openAsBlob } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { Command } from 'commander'
import { all, type Dataset, type ImportResult } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { referencesOf, writeDvc } from '../data-references.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { addFileCommands } from './datasets-files.ts'
import { addGenerationCommands } from './datasets-generate.ts'
import { addQualityCommands } from './datasets-quality.ts'

/** A million rows take some minutes. */
const LONGEST_IMPORT_MS = 3_600_000

type Split = 'build' | 'regress' | 'holdout' | 'calibration'
type ImportOptions = {
  reason?: string
  format?: ImportResult['format']
  encoding?: string
  sheet?: string
  mode?: 'append' | 'merge' | 'replace'
  split?: Split
  columns?: string
  synthetic?: boolean
  step: string[]
}

/** Of a published layout: what a file's name says of its split. */
const SPLIT_OF: readonly (readonly [RegExp, Split])[] = [
  [/(^|[^a-z])train/i, 'build'],
  [/(^|[^a-z])(valid|val|dev)/i, 'regress'],
  [/(^|[^a-z])test/i, 'holdout'],
]
const READABLE = /\.(jsonl|ndjson|json|csv|tsv|xlsx|ya?ml|parquet)$/i

export function addDatasetCommands(program: Command): void {
  const datasets = program
    .command('datasets')
    .description('cases with versions, where they come from, and their quality')
    .argument('[application]', 'shows the datasets of its newest release')
    .action(withServer(showFrozen))

  datasets
    .command('list')
    .description('the datasets of the installation')
    .option('--application <name>', 'only those of this application')
    .action(
      withServer(async ({ client, output }, { application }: { application?: string }) => {
        const items: Dataset[] = []
        for await (const one of all(client.listAllDatasets, { query: { ...(application && { application }) } }))
          items.push(one)
        output.result(items, () =>
          output.table(
            ['name', 'application', 'version', 'description'],
            items.map(({ name, application: of, latest, description }) => [
              name,
              of ?? '-',
              String(latest),
              description,
            ]),
            'There is none yet. Make one: airworthy datasets create <name>',
          ),
        )
        return EXIT.ok
      }),
    )
  datasets
    .command('create')
    .description('make a dataset; its rows come by import')
    .argument('<name>')
    .option('--application <name>', 'the application that it belongs to')
    .option('--description <text>')
    .action(
      withServer(async ({ client, output }, name: string, options: { application?: string; description?: string }) => {
        const made = await client.createDataset({ body: { name, ...options } })
        output.result(made, () => output.line(`${name} is there. Next: airworthy datasets import ${name} rows.jsonl`))
        return EXIT.ok
      }),
    )
  datasets
    .command('import')
    .description('import a file or a folder of files; bad rows wait in quarantine, good ones enter')
    .argument('<name>')
    .argument('<path>', 'JSON lines, CSV, .xlsx, or a file of promptfoo, OpenAI evals, MLflow, Hugging Face, Croissant')
    .option('--reason <text>', 'why there is this version')
    .option('--format <format>', 'when it is not what it looks like')
    .option('--encoding <name>', 'such as windows-1252 or shift_jis; UTF-8 and UTF-16 are recognised')
    .option('--sheet <name>', 'of a workbook; the first one when left out')
    .option('--mode <mode>', 'append, merge (replaces rows of the same id) or replace (the file is the whole version)')
    .option('--split <split>', 'of rows that name none')
    .option('--columns <pairs>', 'input=question,expected=answer')
    .option('--synthetic', 'a generator made the rows')
    .option(
      '--step <name@version>',
      'what was done with the rows before; may be given again',
      (text: string, before: string[]) => [...before, text],
      [],
    )
    .action(withServer(importPath))
  datasets
    .command('versions')
    .description('versions with their reasons, the newest first')
    .argument('<name>')
    .action(
      withServer(async ({ client, output }, name: string) => {
        const { items } = await client.listDatasetVersions({ params: { dataset: name } })
        output.result(items, () =>
          output.table(
            ['version', 'rows', 'change', 'from', 'reason', 'at'],
            items.map(({ number, rows, added, removed, changed, lineage, reason, at }) => [
              String(number),
              String(rows),
              `+${added} -${removed} ~${changed}`,
              `${lineage.kind} ${lineage.from}`,
              reason,
              at,
            ]),
            `${name} has no rows yet. Next: airworthy datasets import ${name} rows.jsonl`,
          ),
        )
        return EXIT.ok
      }),
    )
  datasets
    .command('diff')
    .description('which rows changed between two versions')
    .argument('<name>')
    .argument('<from>', 'number of the older version')
    .argument('[to]', 'the newest when left out')
    .action(
      withServer(async ({ client, output }, name: string, from: string, to: string | undefined) => {
        const query = { from: numberOf(from), ...(to !== undefined && { to: numberOf(to) }), limit: 1000 }
        const diff = await client.diffDatasetVersions({ params: { dataset: name }, query })
        output.result(diff, () => {
          output.line(
            `${diff.added} added, ${diff.removed} removed, ${diff.changed} changed since version ${diff.from}.`,
          )
          for (const { id, kind } of diff.items)
            output.line(`${{ added: '+', removed: '-', changed: '~' }[kind]} ${id}`)
          if (diff.hidden > 0) output.line(`${diff.hidden} of these are held out and not shown.`)
        })
        return EXIT.ok
      }),
    )
  datasets
    .command('export')
    .description('write a version into a file, without the holdout')
    .argument('<name>')
    .argument('<file>', 'its ending says the format: .jsonl or .csv')
    .option('--dataset-version <number>', 'the newest when left out')
    .option('--split <split>', 'only this one; the holdout is counted as a read')
    .option('--dvc', 'write a .dvc file beside it, as `dvc add` would')
    .action(
      withServer(
        async (
          { client, output },
          name: string,
          file: string,
          options: { datasetVersion?: string; split?: Split; dvc?: boolean },
        ) => {
          const response = await client.exportDataset({
            params: { dataset: name },
            query: {
              format: file.endsWith('.csv') ? 'csv' : 'jsonl',
              ...(options.datasetVersion !== undefined && { version: numberOf(options.datasetVersion) }),
              ...(options.split && { split: options.split }),
            },
          })
          const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>)
          await pipeline(body, createWriteStream(file, { mode: 0o600 }))
          if (options.dvc) await writeDvc(file)
          output.result({ file, digest: response.headers.get('etag') }, () => output.line(`Written: ${file}`))
          return EXIT.ok
        },
      ),
    )
  addGenerationCommands(datasets)
  addFileCommands(datasets)
  addQualityCommands(datasets)
}

async function showFrozen({ client, output }: Context, name: string | undefined): Promise<ExitCode> {
  if (name === undefined)
    throw new UsageError(
      'Say which application, or one of list, create, import, versions, diff, export, quarantine, decide.',
    )
  const { items } = await client.listDatasets({ params: { name } })
  output.result(items, () =>
    output.table(
      ['dataset', 'rows', 'digest'],
      items.map((part) => [part.name, String(part.rows), part.digest.slice(7, 15)]),
      `${name} has no dataset.`,
    ),
  )
  return EXIT.ok
}

async function importPath(
  { client, output }: Context,
  name: string,
  path: string,
  options: ImportOptions,
): Promise<ExitCode> {
  const { step, synthetic, reason, ...rest } = options
  const results: ImportResult[] = []
  for (const { file, as } of await filesAt(path)) {
    const query = {
      ...as,
      ...rest,
      file: as.file,
      reason: reason ?? `Import of ${as.file}`,
      ...(synthetic && { synthetic: 'true' as const }),
      ...(step.length > 0 && { steps: JSON.stringify(step.map(stepOf)) }),
    }
    // Read while it is sent: a file of any size takes a piece of it.
    const body = await openAsBlob(file)
    const versioned = await referencesOf(file)
    const { body: result } = await client.importRows(
      { params: { dataset: name }, query: { ...query, ...versioned }, body },
      { timeoutMs: LONGEST_IMPORT_MS },
    )
    results.push(result)
    output.line(
      `${as.file}: ${result.format}, ${result.read} rows read, ${result.entered} entered${result.version ? ` as version ${result.version.number}` : ''}, ${result.unchanged} were there, ${result.quarantined} in quarantine.`,
    )
    for (const note of result.notes) output.line(`  ${note}`)
    for (const { line, field, message, remedy } of result.problems.slice(0, 20))
      output.line(`  ${as.file}:${line}  ${field}: ${message}. ${remedy ?? ''}`)
    if (result.quarantined > 20) output.line(`  All of them: airworthy datasets quarantine ${name}`)
  }
  output.result(results.length === 1 ? results[0] : results, () => {})
  return results.some(({ quarantined }) => quarantined > 0) ? EXIT.failed : EXIT.ok
}

type Named = { file: string; as: { file: string; split?: Split; format?: 'huggingface' } }

/** A file, or the readable files of a folder in the layout of the Hugging Face hub. */
async function filesAt(path: string): Promise<Named[]> {
  if (!(await stat(path)).isDirectory()) return [{ file: path, as: { file: basename(path) } }]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && READABLE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(path, file)
          .split('/')
          .some((part) => part.startsWith('.')),
    )
    .sort()
  if (files.length === 0)
    throw new UsageError(`${path} has no file that can be read: JSON lines, JSON, CSV, .xlsx, Parquet.`)
  return files.map((file) => {
    const split = SPLIT_OF.find(([name]) => name.test(basename(file)))?.[1]
    return { file, as: { file: relative(path, file), ...(split && { split }) } }
  })
}

function stepOf(text: string): { name: string; version: string } {
  const [name = '', version = ''] = text.split('@')
  if (name !== '' && version !== '') return { name, version }
  throw new UsageError(`A step is written name@version, such as anonymise@2.1, and not ${text}.`)
}

function numberOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError(`A version is a number, and not ${text}.`)
}
