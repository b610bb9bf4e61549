/** switch: stop an application, release, model or provider at once, and let it answer again. */
import { Argument, type Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

type Kind = 'application' | 'release' | 'model' | 'provider' | 'cache'

const kindArgument = () =>
  new Argument('<kind>', 'what is meant').choices([
    'application',
    'release',
    'model',
    'provider',
    'cache',
  ] satisfies Kind[])

export function addSwitchCommands(program: Command): void {
  const toggle = program.command('switch').description('stop something from answering, and let it answer again')
  toggle
    .command('off')
    .description('refuse every request from the next one on; who is refused reads the reason')
    .addArgument(kindArgument())
    .argument('<name>', 'an application (also for cache), rel_…, provider/model, or a provider')
    .requiredOption('--reason <text>', 'why; who is refused reads it')
    .action(
      withServer(async ({ client, output }, kind: Kind, name: string, { reason }: { reason: string }) => {
        const off = await client.switchOff({ params: { kind, name }, body: { reason } })
        output.result(off, () =>
          output.line(
            `The ${kind} ${name} is off; its next request is refused. Answers that had begun are not cut. Next: airworthy switch on ${kind} ${name} --reason …`,
          ),
        )
        return EXIT.ok
      }),
    )
  toggle
    .command('on')
    .description('let it answer again')
    .addArgument(kindArgument())
    .argument('<name>')
    .requiredOption('--reason <text>', 'why it may answer again')
    .action(
      withServer(async ({ client, output }, kind: Kind, name: string, { reason }: { reason: string }) => {
        const on = await client.switchOn({ params: { kind, name }, query: { reason } })
        output.result(on, () => output.line(`The ${kind} ${name} is on; it was off since ${on.offAt}.`))
        return EXIT.ok
      }),
    )
  toggle
    .command('list')
    .description('what is off, since when and why')
    .action(
      withServer(async ({ client, output }) => {
        const [{ items }, { items: actors }] = [
          await client.listSwitches(),
          await client.listActors({ query: { limit: 1000 } }),
        ]
        const nameOf = (id: string) => actors.find((actor) => actor.id === id)?.name ?? id
        output.result(items, () =>
          output.table(
            ['kind', 'name', 'off since', 'by', 'reason'],
            items.map((one) => [one.kind, one.name, one.offAt, nameOf(one.offBy), one.reason]),
            'Nothing is switched off.',
          ),
        )
        return EXIT.ok
      }),
    )
}
