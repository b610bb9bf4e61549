/** convert: suites of other tools as a blueprint. */
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { writeFolder } from '../folder.ts'
import { textsAt } from './existing.ts'

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
        const { files, unsupported } = await client.convertPromptfooProject({ body: { files: textsAt(project) } })
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
