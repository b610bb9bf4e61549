/** Somebody's own spreadsheet as tables of text: every sheet of a workbook, or a CSV as it is. */
import { csvLine } from '../../kernel/csv.ts'
import { readSheets } from '../datasets/index.ts'

export type NamedTable = { readonly name: string; readonly csv: string }

/** @param content text, or base64 of a workbook, by the name of the file. Throws `datasets.spreadsheet-broken`. */
export const readTables = ({ file, content }: { file: string; content: string }): NamedTable[] =>
  /\.xlsx$/i.test(file)
    ? readSheets(Buffer.from(content, 'base64')).map(({ name, rows }) => ({
        name: `${file}, ${name}`,
        csv: rows.map(({ cells }) => csvLine(cells)).join('\n'),
      }))
    : [{ name: file, csv: content }]
