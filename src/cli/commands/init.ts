/** init: a new application folder from a template; for what exists already it asks, imports, and says where that stands. */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { plural } from '../../kernel/plural.ts'
import { withoutServer, withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { readFolder, writeFolder } from '../folder.ts'
import { askExisting, type ExistingOptions, existingOf, isSaid } from './existing.ts'

const TEMPLATES = fileURLToPath(new URL('../../../templates', import.meta.url))
const BRING = 'bring-your-own'

export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('write a new application folder from a template; bring-your-own asks what exists and imports it')
    .argument('<template>', 'one of the templates, for example support-assistant or bring-your-own')
    .argument('<folder>', 'a folder that is empty or not there yet; its name becomes the application')
    .option('--about <sentence>', 'bring-your-own: what it does')
    .option('--endpoint <url>', 'bring-your-own: an OpenAI-compatible address that answers today, up to /v1')
    .option('--endpoint-model <name>', 'bring-your-own: what the model is called there')
    .option('--credential <name>', 'bring-your-own: where its key is kept, never the key itself')
    .option('--http <url>', 'bring-your-own: an address that takes {"messages": […]} and answers {"answer": "…"}')
    .option(
      '--prompts <paths...>',
      'bring-your-own: files or folders of prompts: .prompt, .txt, .md, messages as .json',
    )
    .option('--model <provider/model>', 'bring-your-own: what the prompts are asked with, where there is no address')
    .option(
      '--cases <file>',
      'bring-your-own: questions, best with answers: CSV, JSON lines, .xlsx, or another tool’s file',
    )
    .option('--sheets <files...>', 'bring-your-own: .xlsx or CSV with risks, a roadmap, resources or questions')
    .option('--promptfoo <folder>', 'bring-your-own: the folder with promptfooconfig.yaml')
    .action(async (template: string, folder: string, options: ExistingOptions, command: Command) => {
      const asks = template === BRING && (isSaid(options) || process.stdin.isTTY)
      await (asks ? bring(folder, options, command) : write(template, folder, command))
    })
}

const write = withoutServer(async (output, template: string, folder: string, _command: Command) => {
  const templates = readdirSync(TEMPLATES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  if (!templates.includes(template))
    throw new UsageError(`There is no template ${template}. The templates are ${templates.join(', ')}.`)
  const paths = writeFolder(resolve(folder), readFolder(join(TEMPLATES, template)))
  output.result({ folder: resolve(folder), template, files: paths }, () => {
    output.line(`Wrote ${paths.length} files to ${folder}.`)
    output.line(`Next: airworthy check ${folder}`)
  })
  return EXIT.ok
})

const bring = withServer(async ({ client, output }, folder: string, options: ExistingOptions, _command: Command) => {
  const said = isSaid(options) ? options : await askExisting()
  const brought = await client.bringExisting({ body: existingOf(said) })
  const paths = writeFolder(resolve(folder), brought.files)
  output.result({ ...brought, folder: resolve(folder), template: BRING, files: paths }, () => {
    output.line(`Wrote ${paths.length} files to ${folder}.`)
    if (brought.unsupported.length > 0) {
      output.line('\nWithout an equivalent:')
      output.table(
        ['where', 'what'],
        brought.unsupported.map(({ where, what }) => [where, what]),
      )
    }
    output.line(`\n${brought.says}`)
    for (const { title, isThere, says, next } of brought.stations) {
      output.line(`  ${isThere ? 'there  ' : 'to do  '} ${title}. ${says}`)
      if (next !== '') output.line(`          ${next}`)
    }
    const open = brought.stations.filter(({ isThere }) => !isThere).length
    output.line(
      `\nNext: airworthy freeze ${folder}, then airworthy gate poc${open > 0 ? `; ${plural(open, 'thing')} can wait until the gate asks` : ''}`,
    )
  })
  return EXIT.ok
})
