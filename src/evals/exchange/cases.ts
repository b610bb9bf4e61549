/** Cases of somebody's own file, of any format that datasets read, as rows of a new dataset of a blueprint. */
import { Example } from '../../core/dataset.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import { type Columns, contentOf, isObject, jsonLinesOf, readFile } from '../datasets/index.ts'

/** What people call the two fields that matter, when they do not call them as we do. */
const NAMES = {
  input: ['question', 'prompt', 'query', 'user', 'text'],
  expected: ['answer', 'reference', 'ideal', 'output', 'expected_output', 'response'],
} as const

/** Rows without an id are numbered. Throws `evals.cases-invalid` with the line of each row that is none. */
export async function readCases({ file, content }: { file: string; content: string }) {
  const bytes = contentOf(Buffer.from(content))
  const first = await readFile(bytes, { file, columns: new Map() })
  const columns = first.format === 'csv' || first.format === 'jsonl' ? await columnsOf(first.rows) : new Map()
  const { rows, notes } = await readFile(bytes, { file, columns, ...(columns.size > 0 && { format: first.format }) })
  const problems: Problem[] = []
  const examples: Example[] = []
  for await (const { line, value, problem } of rows) {
    const given = isObject(value) ? { id: `case-${examples.length + 1}`, source: file, ...value } : value
    const parsed = Example.safeParse(given)
    if (parsed.success && !problem) {
      examples.push(parsed.data)
      continue
    }
    const issue = parsed.error?.issues[0]
    problems.push({
      file,
      line,
      field: problem?.field ?? issue?.path.join('.') ?? 'row',
      message: problem?.message ?? issue?.message ?? 'is no case',
      remedy: problem?.remedy ?? 'A case has an `input`, and best an `expected`.',
    })
  }
  const [problem] = problems
  if (problem || examples.length === 0)
    throw new Failure(
      'invalid',
      'evals.cases-invalid',
      problem
        ? `${file} line ${problem.line}, ${problem.field}: ${problem.message}. ${problem.remedy}`
        : `There is no case in ${file}.`,
      { problems },
    )
  return {
    rows: jsonLinesOf(examples),
    count: examples.length,
    expected: examples.filter(({ expected }) => expected !== undefined && expected !== null).length,
    notes,
  }
}

/** Known by the first row: a field that is not there by its own name, under one that people use. */
async function columnsOf(rows: AsyncIterable<{ value: unknown }> | Iterable<{ value: unknown }>): Promise<Columns> {
  for await (const { value } of rows) {
    if (!isObject(value)) break
    const others = isObject(value.metadata) ? Object.keys(value.metadata) : []
    return new Map(
      Object.entries(NAMES).flatMap(([field, names]) => {
        const found = others.find((name) => names.some((one) => one === name.toLowerCase()))
        return value[field] === undefined && found !== undefined ? [[field, found]] : []
      }),
    )
  }
  return new Map()
}
