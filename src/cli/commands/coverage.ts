/** coverage: what people ask, in groups, and which groups the suites have too few cases of. */
import type { Command } from 'commander'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import { findRelease } from '../releases.ts'

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

export function addCoverageCommand(program: Command): void {
  program
    .command('coverage')
    .description('what people ask in the pilot, in groups of words, and which groups have fewer than five cases')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .action(
      withServer(async ({ client, output }, target: string | undefined, options: { release?: string }) => {
        const name = applicationHere(target === undefined ? undefined : applicationOf(target).name)
        const { id } = await findRelease(client, name, options.release)
        const found = await client.getCoverage({ params: { id } })
        const { basis, questions, cases, groups, coveredShare, interval, uncovered, casesOutside } = found
        output.result(found, () => {
          const what =
            basis === 'traffic' ? plural(questions, 'question') : `${plural(groups, 'kind')} of the task contract`
          const share = coveredShare === null ? 'too few to say a share' : `${percent(coveredShare)} covered`
          const within = interval ? ` (${percent(interval.low)} to ${percent(interval.high)})` : ''
          output.line(`${what}, ${plural(cases, 'case')}: ${share}${within}.`)
          if (uncovered.length > 0)
            output.table(
              ['not covered', 'asked', 'cases'],
              uncovered.map((group) => [group.words.join(' '), String(group.questions), String(group.cases)]),
            )
          if (casesOutside > 0) output.line(`${plural(casesOutside, 'case')} like nothing of these.`)
          output.line('Groups share words; a question in other words than its case counts as not covered.')
        })
        return coveredShare === null || uncovered.length > 0 ? EXIT.undecided : EXIT.ok
      }),
    )
}
