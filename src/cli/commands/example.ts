/** example: the story that plays at the first start. */
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export function addExampleCommands(program: Command): void {
  const example = program.command('example').description('the story that plays at the first start')
  example
    .command('status')
    .description('how far it is')
    .action(
      withServer(async ({ client, output }) => {
        const status = await client.getExample()
        output.result(status, () => output.line(`${status.state}: ${status.message}`))
        return EXIT.ok
      }),
    )
  example
    .command('reset')
    .description('play it again, in new applications beside the old ones')
    .action(
      withServer(async ({ client, output }) => {
        const status = await client.resetExample()
        output.result(status, () =>
          output.line('It plays again. Watch it in the terminal of the server, or with `airworthy example status`.'),
        )
        return EXIT.ok
      }),
    )
}
