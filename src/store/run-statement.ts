/**
 * Runs a statement on the embedded engine in one go. Its own `query` hands it over in six messages, each a call into the
 * engine and back, because it asks for the types of the parameters between.
 */
import { type messages, type PGlite, types } from '@electric-sql/pglite'
import type { Rows } from './engine.ts'
import { statementBytes } from './statement-bytes.ts'

const CHANGES = /^(?:INSERT|UPDATE|DELETE|MERGE|COPY) .*?(\d+)$/

export async function runStatement(engine: PGlite, sql: string, parameters: readonly unknown[]): Promise<Rows> {
  const bytes = statementBytes(sql, parameters)
  const answered = await engine.runExclusive(() => engine.execProtocolStream(bytes, { syncToFs: false }))
  let fields: messages.RowDescriptionMessage['fields'] = []
  const answer: Rows = { rows: [], affectedRows: 0 }
  for (const message of answered) {
    if (isRowDescription(message)) fields = message.fields
    else if (isDataRow(message)) answer.rows.push(rowOf(message.fields, fields, engine.parsers))
    else if (isCommandComplete(message)) answer.affectedRows = Number(CHANGES.exec(message.text)?.[1] ?? 0)
  }
  return answer
}

function rowOf(
  texts: messages.DataRowMessage['fields'],
  fields: messages.RowDescriptionMessage['fields'],
  parsers: PGlite['parsers'],
): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [index, { name, dataTypeID }] of fields.entries())
    row[name] = types.parseType(texts[index] ?? null, dataTypeID, parsers)
  return row
}

const isRowDescription = (message: messages.BackendMessage): message is messages.RowDescriptionMessage =>
  message.name === 'rowDescription'
const isDataRow = (message: messages.BackendMessage): message is messages.DataRowMessage => message.name === 'dataRow'
const isCommandComplete = (message: messages.BackendMessage): message is messages.CommandCompleteMessage =>
  message.name === 'commandComplete'
