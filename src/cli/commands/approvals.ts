/** approve, approval, duty: ask people for a release, sign or refuse, say what speaks against it, lend a duty. */
import { Argument, type Command, Option } from 'commander'
import type { DecisionSheet, Duty, GatedStage, ServedApproval } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import { findRelease } from '../releases.ts'
import { lasting, MARKS, money } from '../wording.ts'

type Pillar = DecisionSheet['dissent'][number]['pillar']
type Approving = { code?: string }

const PILLARS: Pillar[] = ['business', 'data', 'people', 'security', 'responsible', 'development', 'operations']
const withCode = (command: Command) => command.option('--code <digits>', 'of your authenticator app')
const codeOf = ({ code }: Approving) => (code === undefined ? {} : { oneTimeCode: code })

export function addApprovalCommands(program: Command): void {
  program
    .command('approve')
    .description('ask the holders of duties to sign a release for a stage, once everything else is open')
    .addArgument(new Argument('<stage>').choices(['pilot', 'production']))
    .option('--application <name>', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option('--note <text>', 'what they should know')
    .action(
      withServer(
        async (
          { client, output },
          into: GatedStage,
          options: { application?: string; release?: string; note?: string },
        ) => {
          const release = await findRelease(client, applicationHere(options.application), options.release)
          const { note } = options
          const asked = await client.askApproval({ body: { release: release.id, into, ...(note && { note }) } })
          output.result(asked, () => {
            output.line(`Asked for ${asked.id}: ${missingWords(asked)}.`)
            output.line(`They sign with: airworthy approval sign ${asked.id} --reason …`)
          })
          return EXIT.ok
        },
      ),
    )

  const approval = program.command('approval').description('what people sign before a release enters a stage')
  approval
    .command('waiting')
    .description('for whom approvals wait now, and how long each person was waited for')
    .option('--application <name>', 'of one application alone')
    .action(
      withServer(async ({ client, output }, query: { application?: string }) => {
        const { items } = await client.listApprovers({ query })
        output.result(items, () =>
          output.table(
            ['who', 'waits now', 'signed', 'took usually', 'at most'],
            items.map(({ name, waiting, signed, medianMs, longestMs }) => [
              name,
              waiting[0] ? `${plural(waiting.length, 'approval')} for ${lasting(waiting[0].forMs)}` : '-',
              String(signed),
              medianMs === null ? '-' : lasting(medianMs),
              longestMs === null ? '-' : lasting(longestMs),
            ]),
            'Nobody was asked for an approval yet.',
          ),
        )
        return EXIT.ok
      }),
    )
  approval
    .command('list')
    .description('approvals, newest first')
    .option('--application <name>')
    .option('--mine', 'only those that wait for you')
    .action(
      withServer(async ({ client, output }, { application, mine }: { application?: string; mine?: boolean }) => {
        const query = { ...(application && { application }), ...(mine && { yours: 'true' as const }) }
        const { items } = await client.listApprovals({ query })
        output.result(items, () =>
          output.table(
            ['id', 'application', 'into', 'state', 'until', 'still to sign'],
            items.map((one) => [
              one.id,
              one.application,
              one.into,
              one.state,
              one.until.slice(0, 10),
              one.state === 'asked' ? missingWords(one) : '-',
            ]),
            mine ? 'Nothing waits for you.' : 'Nothing was asked for yet: airworthy approve pilot',
          ),
        )
        return EXIT.ok
      }),
    )
  approval
    .command('show')
    .description('the one page to decide on')
    .argument('<approval>')
    .action(
      withServer(async (context, id: string) => {
        const sheet = await context.client.getDecisionSheet({ params: { id } })
        context.output.result(sheet, () => showSheet(context, sheet))
        return EXIT.ok
      }),
    )
  for (const [verb, decision] of [
    ['sign', 'approve'],
    ['refuse', 'refuse'],
  ] as const)
    withCode(approval.command(verb))
      .description(`${decision} under the duties that you hold`)
      .argument('<approval>')
      .requiredOption('--reason <text>', 'at least ten characters')
      .action(
        withServer(async ({ client, output }, id: string, options: Approving & { reason: string }) => {
          const body = { decision, reason: options.reason }
          const signed = await client.signApproval({ params: { id }, body }, codeOf(options))
          output.result(signed, () =>
            output.line(
              signed.state === 'asked'
                ? `Signed. Still to sign: ${missingWords(signed)}.`
                : `${id} is ${signed.state}.`,
            ),
          )
          return EXIT.ok
        }),
      )
  approval
    .command('doubt')
    .description('say what speaks against it, for one pillar; it stays on the record')
    .argument('<approval>')
    .addArgument(new Argument('<pillar>').choices(PILLARS))
    .requiredOption('--view <text>', 'at least ten characters')
    .action(
      withServer(async ({ client, output }, id: string, pillar: Pillar, { view }: { view: string }) => {
        const doubted = await client.addDisconfirmingView({ params: { id }, body: { pillar, view } })
        output.result(doubted, () => output.line(`Recorded. ${plural(doubted.views.length, 'view')} by now.`))
        return EXIT.ok
      }),
    )
  approval
    .command('withdraw')
    .description('take back what was asked for')
    .argument('<approval>')
    .requiredOption('--reason <text>', 'at least ten characters')
    .action(
      withServer(async ({ client, output }, id: string, { reason }: { reason: string }) => {
        const withdrawn = await client.withdrawApproval({ params: { id }, body: { reason } })
        output.result(withdrawn, () => output.line(`${id} is ${withdrawn.state}.`))
        return EXIT.ok
      }),
    )
  addDutyCommands(program)
}

function addDutyCommands(program: Command): void {
  const duty = program.command('duty').description('what somebody signs for, and who signs for them meanwhile')
  withCode(duty.command('lend'))
    .description('lend a duty that you hold, for at most 30 days')
    .argument('<duty>')
    .argument('<actor>', 'their id, from `airworthy people list`')
    .option('--application <name>', 'that of this folder when left out')
    .addOption(new Option('--days <n>', 'at most 30').default('7'))
    .requiredOption('--reason <text>', 'at least ten characters')
    .action(
      withServer(
        async (
          { client, output },
          name: Duty,
          to: string,
          options: Approving & { application?: string; days: string; reason: string },
        ) => {
          const application = applicationHere(options.application)
          const { reason, days } = options
          const lent = await client.delegateDuty(
            { body: { application, duty: name, to, reason, days: Number(days) } },
            codeOf(options),
          )
          output.result(lent, () => output.line(`${lent.id}: ${lent.duty} is lent until ${lent.until}.`))
          return EXIT.ok
        },
      ),
    )
  duty
    .command('list')
    .description('duties that are or were lent')
    .option('--application <name>')
    .action(
      withServer(async ({ client, output }, { application }: { application?: string }) => {
        const { items } = await client.listDelegations({ query: application ? { application } : {} })
        output.result(items, () =>
          output.table(
            ['id', 'application', 'duty', 'from', 'to', 'until'],
            items.map((one) => [one.id, one.application, one.duty, one.from, one.to, one.endedAt ?? one.until]),
            'No duty is lent.',
          ),
        )
        return EXIT.ok
      }),
    )
  duty
    .command('return')
    .description('take a duty back, or give it back')
    .argument('<delegation>')
    .action(
      withServer(async ({ client, output }, id: string) => {
        const ended = await client.endDelegation({ params: { id } })
        output.result(ended, () => output.line(`${ended.duty} is with its holder again.`))
        return EXIT.ok
      }),
    )
}

const missingWords = ({ missing, lacksOutsider }: ServedApproval): string =>
  [...missing.map((line) => line.join(' or ')), ...(lacksOutsider ? ['somebody outside the team'] : [])].join(', ')

function showSheet({ output }: Context, sheet: DecisionSheet): void {
  const { approval, binds, openWaivers, responsible, economics, dissent, current } = sheet
  output.line(`${approval.application} r${sheet.releaseNumber} into ${approval.into}: ${approval.state}`)
  if (approval.solo) output.line('NOT INDEPENDENT: one person holds every duty.')
  if (!current) output.line('OUTDATED: the gate has changed since it was asked for.')
  for (const sentence of binds) output.line(`  ${sentence}`)
  output.line(`Open waivers: ${openWaivers.length}`)
  for (const { check, reason, residualRisk, until } of openWaivers)
    output.line(`  ${MARKS.WAIVED} ${check} until ${until.slice(0, 10)}: ${reason} Stays: ${residualRisk}`)
  output.line('Responsible use')
  for (const { verdict, check, why } of responsible) output.line(`  ${MARKS[verdict]} ${check}  ${why.join(' ')}`)
  output.line('Economics')
  for (const { verdict, check, why } of economics.findings)
    output.line(`  ${MARKS[verdict]} ${check}  ${why.join(' ')}`)
  const cap = economics.capMicroUsd === null ? 'no cap' : money(economics.capMicroUsd)
  output.line(`  ${economics.month}: ${money(economics.spentMicroUsd)} of ${cap}`)
  output.line('What speaks against it')
  for (const { pillar, views } of dissent)
    output.line(
      `  ${pillar.padEnd(12)} ${views.map(({ view, name }) => `“${view}” (${name})`).join(' ') || 'none sought'}`,
    )
  for (const one of approval.signatures)
    output.line(
      `${one.decision === 'approve' ? 'Approved' : 'Refused'} by ${one.name} (${one.duties.join(', ')})${one.independent ? '' : ', not independent'}: ${one.reason}`,
    )
  if (approval.state === 'asked') output.line(`Still to sign: ${missingWords(approval)}`)
}
