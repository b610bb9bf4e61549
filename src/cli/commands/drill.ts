/** drill and explain: the way back gone for real, what is answered while something fails, and why an answer was given. */
import type { Command } from 'commander'
import type { GatedStage } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import { stageArgument } from '../stage-argument.ts'
import { money } from '../wording.ts'
import { addFaultDrill } from './drill-faults.ts'

export function addDrillCommands(program: Command): void {
  const drill = program.command('drill').description('try for real what must work on a bad day')
  drill
    .command('rollback')
    .description('go back to the release before under load and forward again; exit 1 when the way back is not there')
    .addArgument(stageArgument())
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, stage: GatedStage, options: { application?: string }) => {
        const params = { name: applicationHere(options.application), stage }
        const found = await client.drillRollback({ params })
        output.result(found, () => {
          for (const words of found.words) output.line(words)
          output.table(
            ['state', 'fits', 'why'],
            found.compatibility.map(({ what, fits, words }) => [what, fits ? 'yes' : 'no', words]),
          )
        })
        return found.isGone && found.compatibility.every(({ fits }) => fits) ? EXIT.ok : EXIT.failed
      }),
    )

  addFaultDrill(drill)

  program
    .command('explain')
    .description('why an answer was given: release, prompt, model, passages with their licences, cost')
    .argument('<response-or-trace>', 'the id of an answer, or the header airworthy-trace')
    .action(
      withServer(async ({ client, output }, id: string) => {
        const found = await client.explainAnswer({ params: { id } })
        output.result(found, () => {
          for (const words of found.words) output.line(words)
          output.table(
            ['step', 'what', 'model asked', 'model observed'],
            found.steps.map((step) => [step.name, step.words, step.model?.asked ?? '-', step.model?.observed ?? '-']),
          )
          output.table(
            ['passage', 'file', 'source', 'prepared by', 'licence'],
            found.passages.map((one) => [
              ...[one.title || one.id, one.file, one.source ?? '-', one.prepared ?? 'not said'],
              one.licence ?? 'not known',
            ]),
          )
          output.line(`Cost: ${money(found.costMicroUsd)}.`)
        })
        return EXIT.ok
      }),
    )
}
