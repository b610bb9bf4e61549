/** prompts: the registry of an application's prompts, their differences, and lint. */
import { type Command, InvalidArgumentError } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { applicationHere, applicationOf, readFolder } from '../folder.ts'
import type { Output } from '../output.ts'
import { demandFits } from '../upload.ts'
import { addPatternCommands } from './prompt-patterns.ts'
import { addTuneCommand } from './prompt-tuning.ts'

type Finding = Awaited<ReturnType<Client['lintPrompts']>>['items'][number]
type Piece = Awaited<ReturnType<Client['comparePromptVersions']>>['written'][number]

export function addPromptCommands(program: Command): void {
  const prompts = program.command('prompts').description('prompts: versions, differences, labels, lint')

  prompts
    .command('list', { isDefault: true })
    .description('the prompts of an application with their versions and the stages where they are live')
    .argument('[application]', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, named: string | undefined) => {
        const { items } = await client.listPrompts({ params: { name: applicationHere(named) } })
        output.result(items, () =>
          output.table(
            ['prompt', 'versions', 'latest', 'live'],
            items.map(({ name, versions, latest, labels }) => [
              name,
              String(versions),
              `v${latest.number} of ${latest.at.slice(0, 10)}`,
              labels.map(({ stage, number }) => `${stage} v${number}`).join(', ') || '-',
            ]),
            'No prompt was frozen yet: airworthy freeze.',
          ),
        )
        return EXIT.ok
      }),
    )

  prompts
    .command('versions')
    .description('every version of a prompt, newest first, with the releases that have it')
    .argument('<prompt>')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, prompt: string, { application }: { application?: string }) => {
        const params = { name: applicationHere(application), prompt }
        const { items } = await client.listPromptVersions({ params })
        output.result(items, () =>
          output.table(
            ['version', 'frozen', 'live', 'releases', 'digest'],
            items.map(({ number, at, labels, releases, digest }) => [
              `v${number}`,
              at.slice(0, 10),
              labels.map(({ stage, arm }) => (arm === 'candidate' ? `${stage} (candidate)` : stage)).join(', ') || '-',
              plural(releases.length, 'release'),
              digest.slice(0, 19),
            ]),
          ),
        )
        return EXIT.ok
      }),
    )

  prompts
    .command('diff')
    .description('how two versions differ by word: [-taken out-] {+put in+}')
    .argument('<prompt>')
    .argument('<from>', 'number of a version, for example 1 or v1', versionNumber)
    .argument('<to>', 'number of a version', versionNumber)
    .option('--application <name>', 'that of this folder when left out')
    .option('--question <text>', 'shows the prompts as they are rendered with this question')
    .action(
      withServer(
        async (
          { client, output },
          prompt: string,
          from: number,
          to: number,
          { application, question }: { application?: string; question?: string },
        ) => {
          const params = { name: applicationHere(application), prompt }
          const values = question === undefined ? {} : { question }
          const answer = await client.comparePromptVersions({ params, body: { from, to, values } })
          output.result(answer, () => {
            if (question === undefined) return output.line(marked(answer.written))
            for (const one of [answer.before, answer.after])
              if (one.kind === 'not-rendered') return output.line(one.message)
            output.line(marked(answer.rendered))
          })
          return EXIT.ok
        },
      ),
    )

  prompts
    .command('lint')
    .description('what is likely wrong with the prompts of a folder or of the stored blueprint, by code')
    .argument('[folder-or-application]', '', '.')
    .option('--strict', 'exit with 1 on warnings too, not on errors alone')
    .action(
      withServer(async ({ client, output }, target: string, { strict = false }: { strict?: boolean }) => {
        const { name, folder } = applicationOf(target)
        const files = folder === null ? undefined : readFolder(folder)
        if (files) demandFits(files)
        const answer = await client.lintPrompts({
          params: { name: folder === null ? applicationHere(target === '.' ? undefined : target) : name },
          body: files ? { files } : {},
        })
        output.result(answer, () => showFindings(output, answer))
        return exitCodeOf(answer.items, strict)
      }),
    )
  addPatternCommands(prompts)
  addTuneCommand(prompts)
}

/** `v2` or `2`. */
function versionNumber(text: string): number {
  const number = Number(text.replace(/^v/, ''))
  if (Number.isInteger(number) && number > 0) return number
  throw new InvalidArgumentError('Write the number of a version, for example 2.')
}

const marked = (pieces: readonly Piece[]): string =>
  pieces.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('')

function showFindings(output: Output, { prompts, items }: { prompts: number; items: readonly Finding[] }): void {
  for (const { file, line, code, severity, message, remedy } of items)
    output.line(
      `${[file, line].filter((part) => part !== undefined).join(':')}  ${severity} ${code}: ${message}. ${remedy}`,
    )
  const errors = items.filter(({ severity }) => severity === 'error').length
  output.line(
    items.length === 0
      ? `Nothing was found in ${plural(prompts, 'prompt')}.`
      : `${plural(items.length, 'finding')} in ${plural(prompts, 'prompt')}, ${plural(errors, 'error')}.`,
  )
}

const exitCodeOf = (items: readonly Finding[], isStrict: boolean): ExitCode =>
  items.some(({ severity }) => severity === 'error' || (isStrict && severity === 'warning')) ? EXIT.failed : EXIT.ok
