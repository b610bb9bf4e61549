/** The answer is a query that gives the same rows as the expected one, by running both. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable, passed } from './evaluator.ts'
import { runCode } from './process.ts'

export const sql = evaluator({
  id: 'sql',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['expected'],
  cost: 'process',
  source: 'execution accuracy as Spider and BIRD have it; self-tested',
  description:
    'The answer’s SELECT gives the rows of a reference on SQLite, over `setup` (or `metadata.setup`); order counts only with `ordered`.',
  options: z.strictObject({
    /** Statements that make tables and rows. */
    setup: z.string().max(1_000_000).optional(),
    ordered: z.boolean().default(false),
    timeoutMs: z.number().int().min(100).max(60_000).default(5_000),
  }),
  scorer:
    ({ setup: fixed, ordered, timeoutMs }) =>
    async ({ example, answer }, { signal }) => {
      const setup = fixed ?? example.metadata?.setup
      const references = referencesOf(example)
      if (references.length === 0) return notApplicable('no reference')
      if (typeof setup !== 'string') return notApplicable('neither `setup` nor metadata.setup makes a database')
      const query = /```\w*\n([\s\S]*?)```/.exec(answer)?.[1] ?? answer
      const { exitCode, stdout, stderr } = await runCode(
        {
          language: 'typescript',
          source: PROGRAM,
          input: JSON.stringify({ setup, queries: [query, ...references] }),
          limits: { timeoutMs, memoryMb: 256 },
        },
        signal,
      )
      if (exitCode !== 0) throw new Error(`The database could not be made: ${stderr.trim().slice(-300)}`)
      const [given, ...wanted] = Results.parse(JSON.parse(stdout))
      const broken = wanted.find(({ error }) => error !== undefined)
      if (broken) throw new Error(`A reference is no query that runs: ${broken.error}`)
      if (given?.rows === undefined) return passed(false, `does not run: ${given?.error ?? 'no result'}`)
      const mine = asText(given.rows, ordered)
      const isSame = wanted.some(({ rows = [] }) => asText(rows, ordered) === mine)
      return passed(isSame, `${isSame ? 'the same' : 'other'} rows (${given.rows.length})`)
    },
})

const Results = z.array(z.object({ rows: z.array(z.array(z.unknown())).optional(), error: z.string().optional() }))
const PROGRAM = readFileSync(new URL('./sql-process.ts', import.meta.url), 'utf8')

/** Names of columns do not count; a number is the same with and without a fraction of nothing. */
function asText(rows: readonly (readonly unknown[])[], isOrdered: boolean): string {
  const lines = rows.map((row) =>
    JSON.stringify(row.map((value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value))),
  )
  return (isOrdered ? lines : lines.sort()).join('\n')
}
