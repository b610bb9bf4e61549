/** figures: published figures, computed again from the files of a folder. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'

export function addFiguresCommand(program: Command): void {
  program
    .command('figures')
    .description('published figures of public recordings, computed again; exit 1 when one is not met and not explained')
    .argument('[name]', 'all that there are, when left out, with their files')
    .option('--data <folder>', 'the folder that holds the recordings, such as data/ of the repository', 'data')
    .action(
      withServer(async ({ client, output }, name: string | undefined, { data }: { data: string }) => {
        const { items: sets } = await client.listFigures()
        if (name === undefined) {
          output.result(sets, () =>
            output.table(
              ['name', 'figures of', 'from', 'files'],
              sets.map((set) => [set.name, set.title, set.source, set.files.join(', ')]),
            ),
          )
          return EXIT.ok
        }
        const set = sets.find((one) => one.name === name)
        if (!set)
          throw new UsageError(`There are no figures ${name}. There are ${sets.map((one) => one.name).join(', ')}.`)
        const missing = set.files.filter((path) => !existsSync(join(data, path)))
        if (missing.length > 0)
          throw new UsageError(
            `The folder ${data} has no ${missing.join(', ')}. Name the folder data/ of the repository with --data.`,
          )
        const files = Object.fromEntries(
          set.files.map((path) => [path, readFileSync(join(data, path)).toString('base64')]),
        )
        const found = await client.computeFigures({ params: { name }, body: { files } })
        output.result(found, () => {
          output.line(`${found.title} (${found.source}). References: ${found.basis}.`)
          output.table(
            ['figure', 'reference', 'ours', ''],
            found.items.map(({ figure, reference, ours, isMet, deviation }) => [
              figure,
              String(reference),
              ours.toFixed(Number.isInteger(ours) ? 0 : 4),
              isMet ? 'met' : (deviation ?? 'NOT MET'),
            ]),
          )
          const open = found.items.filter(({ isMet, deviation }) => !isMet && deviation === null).length
          const known = found.items.filter(({ isMet, deviation }) => !isMet && deviation !== null).length
          output.line(`${found.items.length - open - known} met, ${known} differ for a reason, ${open} not met.`)
        })
        return found.items.every(({ isMet, deviation }) => isMet || deviation !== null) ? EXIT.ok : EXIT.failed
      }),
    )
}
