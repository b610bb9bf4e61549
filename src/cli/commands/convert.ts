/** convert: suites of other tools as a blueprint, and a blueprint as theirs. */
import type { Command } from 'commander'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { blueprintAt, readFolder, writeFolder } from '../folder.ts'
import type { Output } from '../output.ts'
import { textsAt } from './existing.ts'

export function addConvertCommands(program: Command): void {
  const convert = program.command('convert').description('suites of other tools as a blueprint, and back')
  convert
    .command('promptfoo')
    .description('prompts, providers, tests and assertions of a promptfoo project; lists what has no equivalent')
    .argument('<project>', 'the folder with promptfooconfig.yaml')
    .argument('<folder>', 'the new blueprint')
    .action(
      withServer(async ({ client, output }, project: string, folder: string) => {
        const converted = await client.convertPromptfooProject({ body: { files: textsAt(project) } })
        return written(output, { ...converted, folder, next: `airworthy check ${folder}` })
      }),
    )
  convert
    .command('to-promptfoo')
    .description('a promptfoo project from a blueprint, its suites as tests; lists what has no equivalent')
    .argument('<folder>', 'the blueprint')
    .argument('<project>', 'the new folder with promptfooconfig.yaml')
    .action(
      withServer(async ({ client, output }, folder: string, project: string) => {
        const blueprint = blueprintAt(folder)
        const body = { name: blueprint.name, files: readFolder(blueprint.folder) }
        const converted = await client.writePromptfooProject({ body })
        return written(output, {
          ...converted,
          folder: project,
          next: `promptfoo eval -c ${project}/promptfooconfig.yaml`,
        })
      }),
    )
}

type Converted = {
  files: Record<string, string>
  unsupported: readonly { where: string; what: string }[]
  folder: string
  next: string
}

function written(output: Output, { files, unsupported, folder, next }: Converted): ExitCode {
  const paths = writeFolder(folder, files)
  output.result({ files: paths, unsupported }, () => {
    output.line(`Wrote ${plural(paths.length, 'file')} to ${folder}.`)
    if (unsupported.length > 0) {
      output.line('\nWithout an equivalent:')
      output.table(
        ['where', 'what'],
        unsupported.map(({ where, what }) => [where, what]),
      )
    }
    output.line(`\nNext: ${next}`)
  })
  return EXIT.ok
}
