/** Answers two queries over one small database and prints both results; run in a process of its own by `sql.ts`. */
import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

type Asked = { setup: string; queries: string[] }

const { setup, queries } = JSON.parse(readFileSync(0, 'utf8')) as Asked
const database = new DatabaseSync(':memory:')
database.exec(setup)
const results = queries.map((query) => {
  try {
    // Only the first statement of a text is prepared; a model's query can neither attach a file nor leave memory.
    if (!/^\s*(?:select|with|values)\b/i.test(query)) throw new Error('is no SELECT')
    const statement = database.prepare(query)
    statement.setReturnArrays(true)
    return { rows: statement.all() }
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown.message : String(thrown) }
  }
})
process.stdout.write(
  JSON.stringify(results, (_, value) =>
    typeof value === 'bigint'
      ? String(value)
      : value instanceof Uint8Array
        ? Buffer.from(value).toString('hex')
        : value,
  ),
)
