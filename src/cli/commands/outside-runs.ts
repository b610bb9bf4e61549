/** runs: runs of other programs, in and out: MLflow by its REST answer or its folder, JUnit by its XML. */
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { Argument, type Command, Option } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { applicationHere, readFolder, readText } from '../folder.ts'
import { findRelease } from '../releases.ts'

type Given = { application?: string; release?: string; kind?: 'prompt' | 'pipeline' | 'application'; check?: string }
type Run = Awaited<ReturnType<Client['importOutsideRuns']>>['items'][number]

/** Artefacts of a run are not read. */
const READ = /(^|\/)(meta\.yaml$|(metrics|params|tags|inputs)\/)/

export function addOutsideRunCommands(program: Command): void {
  const runs = program.command('runs').description('runs of other programs, kept beside the own experiments')
  runs
    .command('import')
    .description(
      'take one in; of a release that is named, or known by its git commit, it becomes imported evidence too',
    )
    .addArgument(new Argument('<tool>', 'what made it').choices(['mlflow', 'junit']))
    .argument('<file>', 'the answer of runs/get or runs/search, a folder below mlruns, or JUnit XML')
    .option('--application <name>', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; by the git commit of the run when left out')
    .addOption(new Option('--kind <kind>', 'what it measures').choices(['prompt', 'pipeline', 'application']))
    .option('--check <check>', 'the check that it answers')
    .action(
      withServer((context, tool: 'mlflow' | 'junit', file: string, given: Given) => take(context, tool, file, given)),
    )
  runs
    .command('list')
    .description('those of an application, newest first')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, { application }: Given) => {
        const { items } = await client.listOutsideRuns({
          params: { name: applicationHere(application) },
          query: { limit: 100 },
        })
        output.result(items, () =>
          output.table(
            ['id', 'tool', 'name', 'state', 'says'],
            items.map((run) => [run.id, run.producer.name, run.name, run.state, said(run)]),
            'Nothing has come in yet: airworthy runs import junit report.xml',
          ),
        )
        return EXIT.ok
      }),
    )
  runs
    .command('export')
    .description('write one as the answer of `runs/get` of MLflow')
    .argument('<run>', 'its id, out_…')
    .argument('[file]', 'printed when left out')
    .action(
      withServer(async ({ client, output }, id: string, file: string | undefined) => {
        const { content } = await client.getOutsideRunReport({ params: { id } })
        if (file === undefined) process.stdout.write(`${content}\n`)
        else {
          writeFileSync(file, `${content}\n`)
          output.line(`Written to ${file}.`)
        }
        return EXIT.ok
      }),
    )
}

async function take({ client, output }: Context, tool: 'mlflow' | 'junit', file: string, given: Given) {
  const name = applicationHere(given.application)
  const release = given.release === undefined ? undefined : (await findRelease(client, name, given.release)).id
  const { items } = await client.importOutsideRuns({
    params: { name },
    body: {
      tool,
      ...contentOf(file),
      ...(release !== undefined && { release }),
      ...(given.kind && { kind: given.kind }),
      ...(given.check !== undefined && { check: given.check }),
    },
  })
  output.result(items, () => {
    for (const run of items) {
      output.line(`Kept ${run.id}: ${run.name}, ${run.state}. ${said(run)}`)
      output.line(
        run.release === null
          ? '  Nobody knows of which release it is, so it is no evidence: name it with --release.'
          : run.evidence.length > 0
            ? `  Recorded as ${run.evidence.join(', ')} on ${run.release}.`
            : `  It did not come to its end, so nothing is recorded on ${run.release}.`,
      )
    }
  })
  return EXIT.ok
}

function contentOf(file: string): { content: string } | { files: Record<string, string> } {
  if (!existsSync(file) || !statSync(file).isDirectory()) return { content: readText(file) }
  const files = Object.entries(readFolder(file)).flatMap(([path, text]) =>
    READ.test(path) && typeof text === 'string' ? [[path, text] as const] : [],
  )
  if (files.length === 0) throw new UsageError(`${file} holds no meta.yaml: it is no folder of MLflow runs.`)
  return { files: Object.fromEntries(files) }
}

function said({ counts, figures }: Pick<Run, 'counts' | 'figures'>): string {
  if (counts)
    return `${plural(counts.passed, 'test')} passed, ${counts.failed} failed, ${counts.broken} broke, ${counts.skipped} left out.`
  return `${plural(figures.length, 'figure')}.`
}
