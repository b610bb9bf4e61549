/** A dataset file: one example a line as JSON. Every bad line is named; none is dropped silently. */
import { normaliseText } from '../../kernel/digest.ts'
import type { Problem } from '../../kernel/failure.ts'
import { unfitIn } from '../../kernel/unfit.ts'
import { Example } from '../dataset.ts'

export function parseExamples({
  path,
  text,
  problems,
}: {
  path: string
  text: string
  problems: Problem[]
}): Example[] {
  const rows: Example[] = []
  const seen = new Map<string, number>()
  for (const [index, line] of normaliseText(text).split('\n').entries()) {
    if (line.trim() === '') continue
    const at = { file: path, line: index + 1 }
    const example = readExample(line, at, problems)
    if (!example) continue
    const before = seen.get(example.id)
    if (before !== undefined)
      problems.push({
        ...at,
        field: 'id',
        message: `the id ${example.id} stands on line ${before} already`,
        remedy: 'Give each example its own id.',
      })
    seen.set(example.id, index + 1)
    rows.push(example)
  }
  return rows
}

function readExample(line: string, at: { file: string; line: number }, problems: Problem[]): Example | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (thrown) {
    problems.push({
      ...at,
      field: 'line',
      message: `this is not JSON: ${(thrown as Error).message}`,
      remedy: 'Write one JSON object a line.',
    })
    return undefined
  }
  const unfit = unfitIn(value)
  if (unfit) {
    problems.push({
      ...at,
      field: unfit.path.join('.') || 'line',
      message: unfit.message,
      remedy: unfit.remedy,
    })
    return undefined
  }
  const parsed = Example.safeParse(value)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues)
    problems.push({
      ...at,
      field: issue.path.join('.') || 'line',
      message: issue.message,
      remedy: 'An example is {"id": "…", "input": "…", "expected": "…", "split": "regress"}.',
    })
  return undefined
}
