/** convert: suites of other tools as a blueprint. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { writeFolder } from '../folder.ts'

/** What a promptfoo project is made of; its code is not read. */
const READ = /\.(ya?ml|txt|md|csv|jsonl?)$/
const SKIPPED = new Set(['node_modules', '.git'])
const LARGEST_BYTES = 16 * 1024 * 1024

export function addConvertCommands(program: Command): void {
  program
    .command('convert')
    .description('make a blueprint from the suites of another tool')
    .command('promptfoo')
    .description('prompts, providers, tests and assertions of a promptfoo project; lists what has no equivalent')
    .argument('<project>', 'the folder with promptfooconfig.yaml')
    .argument('<folder>', 'the new blueprint')
    .action(
      withServer(async ({ client, output }, project: string, folder: string) => {
        const { files, unsupported } = await client.convertPromptfooProject({ body: { files: textsBelow(project) } })
        const written = writeFolder(folder, files)
        output.result({ files: written, unsupported }, () => {
          output.line(`Wrote ${written.length} files to ${folder}.`)
          if (unsupported.length > 0) {
            output.line('\nWithout an equivalent:')
            output.table(
              ['where', 'what'],
              unsupported.map(({ where, what }) => [where, what]),
            )
          }
          output.line(`\nNext: airworthy check ${folder}`)
        })
        return EXIT.ok
      }),
    )
}

function textsBelow(project: string): Record<string, string> {
  if (!statSync(project, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`There is no folder ${project}.`)
  const texts: Record<string, string> = {}
  let bytes = 0
  const walk = (place: string) => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      const path = join(place, entry.name)
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) walk(path)
      if (!entry.isFile() || !READ.test(entry.name)) continue
      bytes += statSync(path).size
      if (bytes > LARGEST_BYTES)
        throw new UsageError(`${project} holds more than 16 MB of texts. Name the folder of the suite alone.`)
      texts[relative(project, path).split(sep).join('/')] = readFileSync(path, 'utf8')
    }
  }
  walk(project)
  return texts
}
