/** stand-ins: how much worse fallbacks and targets of routes are than the models that are meant. */
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import { findRelease } from '../releases.ts'

export function addStandInsCommand(program: Command): void {
  program
    .command('stand-ins')
    .description('how much worse fallbacks and targets of routes answer than the models that are meant')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .action(
      withServer(async ({ client, output }, target: string | undefined, { release }: { release?: string }) => {
        const application = applicationHere(target === undefined ? undefined : applicationOf(target).name)
        const { id } = await findRelease(client, application, release)
        const { items } = await client.listStandIns({ params: { id } })
        output.result(items, () =>
          output.table(
            ['stand-in', 'as', 'beside the model that is meant'],
            items.map(({ name, as, words }) => [name, as, words]),
            'Nobody stands in for the models of this release.',
          ),
        )
        return items.some(({ comparison }) => comparison?.verdict === 'worse') ? EXIT.failed : EXIT.ok
      }),
    )
}
