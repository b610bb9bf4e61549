/** Somebody's own spreadsheet as tables of text: every sheet of a workbook, or a CSV as it is. */
import { csvLine } from '../../kernel/csv.ts'
import { contentOf, readSheets } from '../datasets/index.ts'

export type NamedTable = { readonly name: string; readonly csv: string }

/** @param content text, or base64 of a workbook, by the name of the file. Throws `datasets.spreadsheet-broken`. */
export async function readTables({ file, content }: { file: string; content: string }): Promise<NamedTable[]> {
  if (!/\.xlsx$/i.test(file)) return [{ name: file, csv: content }]
  const tables: NamedTable[] = []
  for (const { name, rows } of await readSheets(contentOf(Buffer.from(content, 'base64')))) {
    const lines: string[] = []
    for await (const { cells } of rows()) lines.push(csvLine(cells))
    tables.push({ name: `${file}, ${name}`, csv: lines.join('\n') })
  }
  return tables
}
