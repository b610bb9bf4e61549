/** prompts patterns, use, task, convert: files that are made for a blueprint, in a folder or in the stored one. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { applicationOf, type Files, readText } from '../folder.ts'
import { addStabilityCommands } from './prompt-stability.ts'

type Form = Parameters<Client['convertPrompt']>[0]['body']['from']

export function addPatternCommands(prompts: Command): void {
  addStabilityCommands(prompts)
  addConvert(prompts)
  prompts
    .command('patterns')
    .description('patterns of prompts for tasks that are hard to say, each with a suite')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listPromptPatterns()
        output.result(items, () =>
          output.table(
            ['pattern', 'cases', 'when it helps'],
            items.map(({ name, cases, when }) => [name, String(cases), when]),
          ),
        )
        return EXIT.ok
      }),
    )

  prompts
    .command('use')
    .description('put a pattern with its suite into a folder or a stored blueprint, or begin an application with it')
    .argument('<pattern>')
    .argument('<folder-or-application>')
    .option('--as <prompt>', 'name of the prompt; that of the pattern when left out')
    .option('--model <model>', 'begins a new application that asks this model, as provider/model')
    .action(
      withServer(
        async ({ client, output }, pattern: string, target: string, given: { as?: string; model?: string }) => {
          const { name: application, folder } = applicationOf(target)
          const { as: prompt, model } = given
          const { body } = await client.copyPromptPattern({
            params: { pattern },
            body: { application, ...(prompt && { prompt }), ...(model && { model }), dryRun: folder !== null },
          })
          if (folder !== null) writeNew(folder, body.files)
          output.result(body, () => {
            for (const path of Object.keys(body.files).sort()) output.line(`Wrote ${path}.`)
            output.line(`Next: name the prompt in a step of the flow, freeze, and airworthy eval --suite ${body.suite}`)
          })
          return EXIT.ok
        },
      ),
    )

  prompts
    .command('task')
    .description('make suites for both sides of task.yaml: what is in scope, and what is not')
    .argument('[folder-or-application]', '', '.')
    .action(
      withServer(async ({ client, output }, target: string) => {
        const { name, folder } = applicationOf(target)
        const own = folder === null ? undefined : { 'task.yaml': readText(join(folder, 'task.yaml')) }
        const answer = await client.writeTaskSuites({ params: { name }, body: own ? { files: own } : {} })
        if (folder !== null) writeAll(folder, answer.files)
        output.result(answer, () => {
          for (const path of Object.keys(answer.files).sort()) output.line(`Wrote ${path}.`)
          output.line(
            `${answer.inScope} questions in scope, ${answer.outOfScope} out of scope. Next: airworthy freeze ${target}`,
          )
        })
        return EXIT.ok
      }),
    )
}

function addConvert(prompts: Command): void {
  prompts
    .command('convert')
    .description('a prompt from one form into another on standard output, with what is lost')
    .argument('<file>', 'a .prompt file, or a request as JSON')
    .requiredOption('--from <form>', 'dotprompt, chat, messages, gemini or langfuse')
    .requiredOption('--to <form>', 'the form that is wanted')
    .option('--single', 'the file writes placeholders as {name}')
    .action(
      withServer(async ({ client, output }, file: string, given: { from: Form; to: Form; single?: boolean }) => {
        const { from, to, single = false } = given
        const answer = await client.convertPrompt({
          body: { from, to, content: readText(file), placeholders: single ? 'single' : 'double' },
        })
        output.result(answer, () => {
          output.line(answer.content)
          for (const { what, why } of answer.losses) process.stderr.write(`lost: ${what}. ${why}\n`)
          process.stderr.write(answer.same ? 'Read again it has the same turns.\n' : 'Read again it has other turns.\n')
        })
        return answer.same ? EXIT.ok : EXIT.failed
      }),
    )
}

function writeNew(folder: string, files: Files): void {
  const taken = Object.keys(files).filter((path) => existsSync(join(folder, path)))
  if (taken.length > 0) throw new UsageError(`${taken.join(', ')} is there already. Choose another name with --as.`)
  writeAll(folder, files)
}

function writeAll(folder: string, files: Files): void {
  for (const [path, file] of Object.entries(files)) {
    const place = join(folder, path)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, typeof file === 'string' ? file : Buffer.from(file.base64, 'base64'))
  }
}
