/** datasets files: what each imported file held, and what of it was not taken. */
import type { Command } from 'commander'
import type { ImportedFile } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

type Field = ImportedFile['profile']['fields'][number]

export function addFileCommands(datasets: Command): void {
  datasets
    .command('files')
    .description('what each imported file held: form, size, fields, and what was not taken and why')
    .argument('<name>')
    .action(
      withServer(async ({ client, output }, name: string) => {
        const { items } = await client.listImportedFiles({ params: { dataset: name } })
        output.result(items, () => {
          if (items.length === 0)
            output.line(`No file was imported. Next: airworthy datasets import ${name} rows.jsonl`)
          for (const { file, version, profile } of items) {
            const { format, encoding, bytes, records, fields, furtherFields, quarantined } = profile
            output.line(
              `${file}: ${format}${encoding === null ? '' : `, ${encoding}`}, ${bytes} bytes, ${records} records; ${version === null ? 'no new version' : `version ${version}`}`,
            )
            output.table(
              ['field', 'type', 'missing', 'different values', 'for example'],
              fields.map((field) => [
                field.name,
                typesOf(field),
                `${(field.missing * 100).toFixed(1)} %`,
                `${field.isDistinctCut ? 'more than ' : ''}${field.distinct}`,
                field.examples.join(', '),
              ]),
              'It has no fields that could be read.',
            )
            if (furtherFields > 0) output.line(`${furtherFields} further fields are not listed.`)
            for (const { field, message, rows, firstLine } of quarantined)
              output.line(`  ${rows} in quarantine, the first in line ${firstLine}: ${field}: ${message}`)
          }
        })
        return EXIT.ok
      }),
    )
}

const typesOf = ({ types }: Field): string =>
  Object.entries(types)
    .map(([type, values], _, all) => (all.length === 1 ? type : `${type} (${values})`))
    .join(', ')
