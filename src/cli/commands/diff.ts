/** diff: what changed between two releases, part by part, and whether one can take over from the other. */
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import { findRelease } from '../releases.ts'
import { releaseName } from '../wording.ts'

type Given = { application?: string; since?: string }

export function addDiffCommand(program: Command): void {
  program
    .command('diff')
    .description('what changed in a release since another one, in words, and whether it can take over and give back')
    .argument('[release]', 'r3, an id, or part of a digest; the newest when left out')
    .option('--since <release>', 'the release that it is compared with; the one frozen before when left out')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, wanted: string | undefined, options: Given) => {
        const application = applicationHere(options.application)
        const release = await findRelease(client, application, wanted)
        const since = options.since && (await findRelease(client, application, options.since)).id
        const ask = { params: { id: release.id }, query: { ...(since && { since }) } }
        const changes = await client.getReleaseChanges(ask)
        const { forward, back } = await client.getReleaseCompatibility(ask)
        output.result({ ...changes, forward, back }, () => {
          if (changes.since === null) output.line(`${releaseName(release)} is the first release of ${application}.`)
          else if (changes.items.length === 0) output.line('Nothing that evidence can depend on has changed.')
          for (const { words, behaviour } of changes.items)
            output.line(`${behaviour ? '' : '(answers stay the same) '}${words}`)
          for (const { what, fits, words } of forward) if (!fits) output.line(`It cannot take over (${what}): ${words}`)
          for (const { what, fits, words } of back) if (!fits) output.line(`It cannot give back (${what}): ${words}`)
        })
        return EXIT.ok
      }),
    )
}
