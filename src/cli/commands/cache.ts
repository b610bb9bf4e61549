/** cache: may a release give answers again to questions in other words, and how often would that be wrong. */
import type { Command } from 'commander'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import { findRelease } from '../releases.ts'

type Options = { release?: string; measure: boolean }

/** What stands in the way is found by measuring, or was found. */
const EXITS: Readonly<Record<string, ExitCode>> = { above: EXIT.failed, missing: EXIT.undecided, stale: EXIT.undecided }

export function addCacheCommand(program: Command): void {
  program
    .command('cache')
    .description('whether answers are given again to questions in other words, and how often that would be wrong')
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option(
      '--measure',
      'ask the model of vectors for every labelled pair, and keep what comes of it as evidence',
      false,
    )
    .action(
      withServer((context, target: string | undefined, options: Options) =>
        cache(context, applicationHere(target === undefined ? undefined : applicationOf(target).name), options),
      ),
    )
}

async function cache({ client, output }: Context, application: string, options: Options): Promise<ExitCode> {
  const { id } = await findRelease(client, application, options.release)
  const params = { id }
  const standing = options.measure
    ? await client.measureMeaning({ params })
    : await client.getMeaningStanding({ params })
  const { state, words, measured } = standing
  output.result(standing, () => {
    output.line(`${state}: ${words}`)
    if (measured && measured.chosenThreshold !== null)
      output.line(`The pairs of the split build choose a threshold of ${measured.chosenThreshold}.`)
  })
  return EXITS[state] ?? EXIT.ok
}
