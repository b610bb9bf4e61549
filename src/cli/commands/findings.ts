/** findings: what audits and attack campaigns found, and what became of it. */
import { Argument, type Command, Option } from 'commander'
import type { Found } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere, readText } from '../folder.ts'
import { findRelease } from '../releases.ts'

type Move = 'fix' | 'retest-passed' | 'retest-failed' | 'accept' | 'reopen'
type Where = { application?: string; release?: string }

const MOVES: Move[] = ['fix', 'retest-passed', 'retest-failed', 'accept', 'reopen']
const SEVERITIES: Found['severity'][] = ['critical', 'high', 'medium', 'low']

export function addFindingCommands(program: Command): void {
  const where = (command: Command) =>
    command
      .option('--application <name>', 'that of this folder when left out')
      .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
  const findings = program.command('findings').description('what audits and attack campaigns found')
  findings
    .command('list')
    .description('findings, newest first')
    .option('--application <name>')
    .action(
      withServer(async ({ client, output }, { application }: { application?: string }) => {
        const { items } = await client.listFindings({ query: application ? { application } : {} })
        output.result(items, () =>
          output.table(
            ['id', 'application', 'severity', 'state', 'owner', 'title'],
            items.map((one) => [
              one.id,
              one.application,
              one.severity,
              one.acceptedUntil ? `accepted until ${one.acceptedUntil.slice(0, 10)}` : one.state,
              one.owner,
              one.title,
            ]),
            'Nothing was found yet.',
          ),
        )
        return items.some(({ state, severity }) => severity === 'critical' && state !== 'retested')
          ? EXIT.failed
          : EXIT.ok
      }),
    )
  where(findings.command('add').description('write down what somebody found'))
    .addOption(new Option('--severity <severity>').choices(SEVERITIES).makeOptionMandatory())
    .requiredOption('--title <text>')
    .requiredOption('--detail <text>', 'how it is provoked, and what comes of it')
    .requiredOption('--owner <name>', 'who sees to it')
    .action(
      withServer(
        async ({ client, output }, options: Where & Pick<Found, 'severity' | 'title' | 'detail' | 'owner'>) => {
          const release = await findRelease(client, applicationHere(options.application), options.release)
          const { severity, title, detail, owner } = options
          const made = await client.addFinding({ body: { release: release.id, severity, title, detail, owner } })
          output.result(made, () => output.line(`${made.id} is open; ${made.owner} sees to it.`))
          return EXIT.ok
        },
      ),
    )
  findings
    .command('move')
    .description('say what became of one')
    .argument('<finding>')
    .addArgument(new Argument('<move>').choices(MOVES))
    .requiredOption('--note <text>', 'at least ten characters')
    .option('--days <n>', 'for accept: at most 90')
    .action(
      withServer(
        async ({ client, output }, id: string, move: Move, { note, days }: { note: string; days?: string }) => {
          const body = { move, note, ...(days !== undefined && { days: Number(days) }) }
          const moved = await client.moveFinding({ params: { id }, body })
          output.result(moved, () => output.line(`${id} is ${moved.state}.`))
          return EXIT.ok
        },
      ),
    )
  where(findings.command('import').description('bring in a report that somebody outside the team signed'))
    .argument('<file>', 'a DSSE envelope as JSON')
    .requiredOption('--key <file>', 'the public key of who signed, in PEM')
    .requiredOption('--owner <name>', 'who sees to its findings')
    .option('--code <digits>', 'of your authenticator app')
    .action(
      withServer(
        async ({ client, output }, file: string, options: Where & { key: string; owner: string; code?: string }) => {
          const release = await findRelease(client, applicationHere(options.application), options.release)
          const { owner, key, code } = options
          const { report, findings: found } = await client.importFindingsReport(
            { body: { release: release.id, envelope: JSON.parse(readText(file)), publicKey: readText(key), owner } },
            code === undefined ? {} : { oneTimeCode: code },
          )
          output.result({ report, findings: found }, () =>
            output.line(
              `${report.id} by ${report.author}${report.independent ? '' : ', who is not outside the team'}: ${plural(found.length, 'finding')}. Signed with ${report.keyid}.`,
            ),
          )
          return EXIT.ok
        },
      ),
    )
}
