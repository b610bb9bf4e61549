/** decisions: what gates decided, kept with everything that they read, and decided again from that alone. */
import { type Command, Option } from 'commander'
import type { Client, GatedStage } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import { findRelease } from '../releases.ts'
import { stageArgument } from '../stage-argument.ts'
import { verdictsInWords } from '../wording.ts'
import { exitCodeOf, showFindings } from './findings-of-gate.ts'

type Where = { application?: string; release?: string }
type GateRecord = Awaited<ReturnType<Client['getGateDecision']>>

export function addDecisionCommands(program: Command): void {
  const where = (command: Command) =>
    command
      .option('--application <name>', 'that of this folder when left out')
      .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
  const decisions = program.command('decisions').description('decisions of gates as they were kept')
  where(decisions.command('list').description('those about a release, newest first'))
    .addOption(new Option('--stage <stage>', 'those of one gate alone').choices(['poc', 'pilot', 'production']))
    .action(
      withServer(async ({ client, output }, { stage, ...options }: Where & { stage?: GatedStage }) => {
        const release = await findRelease(client, applicationHere(options.application), options.release)
        const { items } = await client.listGateDecisions({
          params: { id: release.id },
          query: { limit: 1000, into: stage },
        })
        output.result(items, () =>
          output.table(
            ['id', 'at', 'gate', 'why kept', 'decision', 'verdicts'],
            items.map(({ id, at, into, occasion, decision }) => [
              id,
              at,
              into,
              occasion,
              decision.decision,
              verdictsInWords(decision.findings),
            ]),
            `Nothing is kept about r${release.number} yet. Keep one: airworthy decisions keep poc`,
          ),
        )
        return EXIT.ok
      }),
    )
  where(decisions.command('keep').description('judge now, and keep the decision').addArgument(stageArgument())).action(
    withServer(async (context, stage: GatedStage, options: Where) => {
      const { client, output } = context
      const release = await findRelease(client, applicationHere(options.application), options.release)
      const record = await client.keepGateDecision({ params: { id: release.id, stage } })
      output.result(record, () => output.line(`Kept ${record.id}: ${record.decision.decision}.`))
      return exitCodeOf(record.decision)
    }),
  )
  decisions
    .command('show')
    .description('one decision with its findings and what it read')
    .argument('<decision>', 'its id, gat_…')
    .action(
      withServer(async (context, id: string) => {
        const record = await context.client.getGateDecision({ params: { id } })
        context.output.result(record, () => showRecord(context, record))
        return EXIT.ok
      }),
    )
  decisions
    .command('replay')
    .description(
      'decide again from what it read, under the gate that it is pinned to; exit 1 when it comes out otherwise',
    )
    .argument('<decision>', 'its id, gat_…')
    .action(
      withServer(async ({ client, output }, id: string) => {
        const replayed = await client.replayGateDecision({ params: { id } })
        output.result(replayed, () =>
          output.line(
            replayed.same
              ? `The same again: ${replayed.decision.decision}, ${plural(replayed.decision.findings.length, 'finding')}.`
              : `OTHERWISE: ${replayed.differs.join(', ') || 'the digest of what was read'} came out another way than it was kept.`,
          ),
        )
        return replayed.same ? EXIT.ok : EXIT.failed
      }),
    )
}

function showRecord({ output }: Context, record: GateRecord): void {
  const { id, into, occasion, decision, snapshot, gate, by, at } = record
  output.line(
    `${id}: ${record.application}, gate into ${into}, ${decision.decision}. Kept at ${at} by ${by} (${occasion}).`,
  )
  output.line(
    `Read: ${plural(snapshot.parts.length, 'part')}, ${plural(snapshot.evidence.length, 'piece')} of evidence, ${plural(snapshot.waivers.length, 'waiver')}, ${plural(snapshot.challenges.length, 'challenge')}; tier ${decision.tier}.`,
  )
  output.line(`Pinned to ${decision.catalogue.name} ${decision.catalogue.version}, gate ${gate}.`)
  output.line(`Snapshot ${decision.snapshotDigest}.`)
  showFindings(output, decision.findings)
  output.line(`Check it: airworthy decisions replay ${id}`)
}
