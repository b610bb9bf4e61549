/** mitigations: bias that was found, and whether a re-test found it gone. */
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'

type Evidence = Awaited<ReturnType<Client['listMitigations']>>['items'][number]['finding']['evidence']
type Planned = { application?: string; owner: string; plan: string; due?: string }

export function addMitigationCommands(program: Command): void {
  const mitigations = program
    .command('mitigations')
    .description('bias that was found, who sees to it, and whether a re-test found it gone')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, { application }: { application?: string }) => {
        const found = await client.listMitigations({ params: { name: applicationHere(application) } })
        output.result(found, () =>
          output.table(
            ['finding', 'gap', 'owner', 're-tests', 'state'],
            found.items.map(({ finding, plan, retests, isGone }) => [
              finding.evidence,
              finding.gap.toFixed(3),
              plan?.owner ?? 'nobody',
              String(retests.length),
              isGone ? 'gone' : retests.length > 0 ? 'still there' : 'waits for a re-test',
            ]),
            'No bias was found.',
          ),
        )
        return found.items.some(({ isGone }) => !isGone) ? EXIT.failed : EXIT.ok
      }),
    )
  mitigations
    .command('plan')
    .description('say what is done about one')
    .argument('<finding>', 'id of the evidence')
    .requiredOption('--owner <name>')
    .requiredOption('--plan <text>', 'at least ten characters')
    .option('--due <day>')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, evidence: Evidence, { application, owner, plan, due }: Planned) => {
        const params = { name: applicationHere(application), evidence }
        const made = await client.planMitigation({ params, body: { owner, plan, ...(due && { dueOn: due }) } })
        output.result(made, () =>
          output.line(`${owner} sees to it. It ends when another release is measured without it.`),
        )
        return EXIT.ok
      }),
    )
}
