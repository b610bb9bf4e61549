/** oversight calls, oversight call: calls of tools that an overseer lets be made, or not. */
import { Argument, type Command } from 'commander'
import type { ServedHeldCall } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

type Decision = 'make' | 'refuse'

const DECISIONS: Decision[] = ['make', 'refuse']

export function addHeldCallCommands(oversight: Command): void {
  oversight
    .command('calls')
    .description('calls of tools that wait for an overseer, and those that were decided, newest first')
    .option('--application <name>')
    .option('--waiting', 'only those that wait')
    .action(
      withServer(async ({ client, output }, given: { application?: string; waiting?: boolean }) => {
        const { application, waiting } = given
        const query = { ...(application && { application }), ...(waiting && { state: 'waiting' as const }) }
        const { items } = await client.listHeldCalls({ query })
        output.result(items, () =>
          output.table(
            ['id', 'application', 'tool', 'state', 'arguments'],
            items.map((one) => [one.id, one.application, one.tool, stateWords(one), one.arguments.slice(0, 80)]),
            'No call waits for a person.',
          ),
        )
        return EXIT.ok
      }),
    )
  oversight
    .command('call')
    .description('as an overseer: let a call of a tool be made, once and now, or refuse it')
    .argument('<call>', 'clh_…')
    .addArgument(new Argument('<decision>').choices(DECISIONS))
    .requiredOption('--reason <text>', 'at least ten characters; it stays on record')
    .action(
      withServer(async ({ client, output }, id: string, decision: Decision, body: { reason: string }) => {
        const decided = await client.decideHeldCall({ params: { id }, body: { decision, ...body } })
        output.result(decided, () => {
          output.line(`${id} is ${decided.state}.`)
          if (decided.result !== null) output.line(decided.result)
          if (decided.error !== null) output.line(decided.error)
        })
        return decided.state === 'failed' ? EXIT.failed : EXIT.ok
      }),
    )
}

const stateWords = ({ state, until }: ServedHeldCall): string =>
  state === 'waiting' ? `waits until ${until.slice(0, 16)}` : state
