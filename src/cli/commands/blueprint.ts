/** check, freeze, run: from a folder to an answer. */
import type { Command } from 'commander'
import { ask } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationOf, blueprintAt, commitOf, readFolder } from '../folder.ts'
import { demandFits, upload } from '../upload.ts'
import { money, releaseName } from '../wording.ts'

export function addBlueprintCommands(program: Command): void {
  program
    .command('check')
    .description('find every mistake in a blueprint of up to 31 MiB, with file, line and remedy; nothing is changed')
    .argument('[folder]', 'the folder that holds airworthy.yaml', '.')
    .action(
      withServer(async ({ client, output }, target: string) => {
        const { name, folder } = blueprintAt(target)
        const files = readFolder(folder)
        demandFits(files)
        const answer = await client.checkBlueprint({ params: { name }, body: { files } })
        output.result(answer, () => {
          for (const { file, line, field, message, remedy } of answer.problems)
            output.line(
              `${[file, line].filter((part) => part !== undefined).join(':')}  ${field}: ${message}${remedy ? `. ${remedy}` : ''}`,
            )
          for (const { file, line, code, severity, message } of answer.warnings)
            output.line(
              `${[file, line].filter((part) => part !== undefined).join(':')}  ${severity} ${code}: ${message}`,
            )
          output.line(
            answer.ok
              ? `${target} is well formed. Next: airworthy freeze ${target}`
              : `${plural(answer.problems.length, 'problem')}. Nothing was changed.`,
          )
        })
        return answer.ok ? EXIT.ok : EXIT.failed
      }),
    )

  program
    .command('freeze')
    .description('freeze a folder, or the stored blueprint of an application, into a release')
    .argument('[folder-or-application]', '', '.')
    .action(
      withServer(async ({ client, output }, target: string) => {
        const { name, folder } = target === '.' ? blueprintAt(target) : applicationOf(target)
        if (folder) await upload(client, name, readFolder(folder))
        const commit = folder ? commitOf(folder) : undefined
        const { status, body: release } = await client.freezeRelease({
          params: { name },
          body: commit === undefined ? {} : { commit },
        })
        output.result(release, () => {
          output.line(
            status === 201
              ? `Frozen: ${name} ${releaseName(release)}, live in the sandbox.`
              : `Nothing changed: ${name} ${releaseName(release)} is this blueprint already.`,
          )
          output.line(`Next: airworthy run ${target} "your question", or airworthy gate poc --application ${name}`)
        })
        return EXIT.ok
      }),
    )

  program
    .command('run')
    .description('ask an application one question through the gateway')
    .argument('<folder-or-application>', 'also <application>@<stage> or provider/model')
    .argument('<question>')
    .action(
      withServer(async ({ options, output }, target: string, question: string) => {
        const answer = await ask(options, {
          model: target.includes('/') && !applicationOf(target).folder ? target : applicationOf(target).name,
          messages: [{ role: 'user', content: question }],
        })
        output.result(answer, () => {
          output.line(answer.text)
          for (const [index, { title, source }] of answer.citations.entries())
            output.line(`  [${index + 1}] ${[title, source].filter(Boolean).join(' · ')}`)
          output.line(`${answer.servedBy} · ${money(answer.costMicroUsd)} · trace ${answer.trace}`)
        })
        return EXIT.ok
      }),
    )
}
