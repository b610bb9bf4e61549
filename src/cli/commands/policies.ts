/** policies and standards: what the organisation says, who read it, and what applications are held to. */
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'

type Content = Parameters<Client['putStandards']>[0]['body']

export function addPolicyCommands(program: Command): void {
  const policies = program
    .command('policies')
    .description('policies in force, and whether you acknowledged them')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listPolicies()
        output.result(items, () =>
          output.table(
            ['policy', 'version', 'title', 'required', 'you', 'people'],
            items.map(({ name, version, title, isRequired, mine, people }) => [
              name,
              String(version),
              title,
              isRequired ? 'yes' : 'no',
              mine,
              `${people.filter(({ standing }) => standing === 'acknowledged').length} of ${people.length}`,
            ]),
            'No policy yet. `airworthy policies publish use-of-ai policy.md` publishes one.',
          ),
        )
        return items.some(({ isRequired, mine }) => isRequired && mine !== 'acknowledged') ? EXIT.undecided : EXIT.ok
      }),
    )
  policies
    .command('show')
    .description('the text of a policy')
    .argument('<policy>')
    .action(
      withServer(async ({ client, output }, policy: string) => {
        const { items } = await client.listPolicyVersions({ params: { policy } })
        output.result(items[0], () =>
          output.line(`${items[0]?.title} (version ${items[0]?.version})\n\n${items[0]?.text}`),
        )
        return EXIT.ok
      }),
    )
  policies
    .command('publish')
    .description('publish a policy, or a new version of it; acknowledgements of the one before become stale')
    .argument('<policy>')
    .argument('<file>', 'Markdown')
    .option('--title <title>', 'the name of the policy when left out')
    .option('--required', 'whoever freezes a release must have acknowledged it')
    .action(
      withServer(
        async ({ client, output }, policy: string, file: string, options: { title?: string; required?: boolean }) => {
          const text = await readFile(file, 'utf8')
          const body = { title: options.title ?? policy, text, isRequired: options.required ?? false }
          const published = await client.publishPolicy({ params: { policy }, body })
          output.result(published, () => output.line(`${policy} is at version ${published.version}.`))
          return EXIT.ok
        },
      ),
    )
  policies
    .command('acknowledge')
    .description('say that you read the newest version')
    .argument('<policy>')
    .argument('<version>')
    .action(
      withServer(async ({ client, output }, policy: string, version: string) => {
        if (!/^\d+$/.test(version)) throw new UsageError(`${version} is no version. Write for example 2.`)
        const made = await client.acknowledgePolicy({ params: { policy }, body: { version: Number(version) } })
        output.result(made, () => output.line(`You acknowledged ${policy}, version ${made.version}.`))
        return EXIT.ok
      }),
    )
  program
    .command('standards')
    .description('what the organisation allows and new applications begin with; with a file of JSON they are set')
    .argument('[file]')
    .action(
      withServer(async ({ client, output }, file: string | undefined) => {
        const standards =
          file === undefined
            ? (await client.getStandards()).standards
            : await client.putStandards({ body: JSON.parse(await readFile(file, 'utf8')) as Content })
        output.result(standards, () =>
          output.line(
            standards
              ? `Version ${standards.version}\n${JSON.stringify(standards.content, null, 2)}`
              : 'No standards yet: everything is allowed.',
          ),
        )
        return EXIT.ok
      }),
    )
}
