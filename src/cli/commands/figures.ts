/** figures: published figures, computed again from the files of a folder. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { FigureSet } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'

export function addFiguresCommand(program: Command): void {
  program
    .command('figures')
    .description('published figures of public recordings, computed again; exit 1 when one is not met and not explained')
    .argument('[name]', 'all that there are, when left out, with their files')
    .option(
      '--data <folder>',
      'the folder that holds the recordings: data/ of the repository, or files as their sources publish them',
      'data',
    )
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
        const files = filesIn(data, set)
        const found = await client.computeFigures({ params: { name }, body: { files } })
        output.result(found, () => {
          output.line(`${found.title} (${found.source}). References: ${found.basis}.`)
          output.table(
            ['figure', 'reference', 'ours', ''],
            found.items.map(({ figure, reference, ours, isMet, deviation }) => [
              figure,
              String(reference),
              shown(ours, reference),
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

/** Contents in base64 by path: of the files of the repository, else of those of the source. */
function filesIn(data: string, { files, sourceFiles }: FigureSet): Record<string, string> {
  const missingOf = (paths: readonly string[]) => paths.filter((path) => !existsSync(join(data, path)))
  const isWhole = (paths: readonly string[]) => paths.length > 0 && missingOf(paths).length === 0
  const paths = [files, sourceFiles].find(isWhole)
  if (!paths) {
    const or = sourceFiles.length > 0 ? `, nor ${missingOf(sourceFiles).join(', ')} of the source` : ''
    throw new UsageError(
      `The folder ${data} has no ${missingOf(files).join(', ')}${or}. Name the folder data/ of the repository with --data.`,
    )
  }
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(data, path)).toString('base64')]))
}

/** With at least four decimals, and with enough of them that a small figure is not 0. */
function shown(ours: number | string, reference: number | string): string {
  if (typeof ours === 'string' || Number.isInteger(ours)) return String(ours)
  const isSmall = Math.abs(ours) < 0.01
  return isSmall || String(reference).length > 8 ? String(Number(ours.toPrecision(isSmall ? 6 : 12))) : ours.toFixed(4)
}
