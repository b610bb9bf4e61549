/** What every reader of a format gives: one row at a time, with the line on which a person finds it. */
import type { Problem } from '../../../kernel/failure.ts'

export type RowProblem = Required<Pick<Problem, 'field' | 'message' | 'remedy'>>

export type ReadRow = {
  /** 1-based line of the file, or row of the sheet. */
  readonly line: number
  /** As it came, for the quarantine. */
  readonly text: string
  /** What it would be as an example; not yet believed. */
  readonly value: unknown
  readonly problem?: RowProblem
}

/** What a file says of itself, beside its rows. */
export type FileNotes = {
  /** Parts of it that an example has no place for, each as a sentence. */
  readonly notes: string[]
  /** The tool that says it wrote the file. */
  producer: string | null
}

/** `input=question,expected=answer`: fields of an example and what the file calls them. */
export type Columns = ReadonlyMap<string, string>

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fields that an example has; every other one of a file becomes metadata. */
const FIELDS: ReadonlySet<string> = new Set([
  'id',
  'input',
  'expected',
  'contexts',
  'unanswerable',
  'split',
  'cluster',
  'source',
  'synthetic',
  'rubric',
  'tools',
  'metadata',
])

/** Renames what the file calls otherwise, and puts what an example does not know into its metadata. */
export function asExample(row: Record<string, unknown>, columns: Columns): Record<string, unknown> {
  const example: Record<string, unknown> = {}
  const metadata: Record<string, unknown> = isObject(row.metadata) ? { ...row.metadata } : {}
  const fieldOf = new Map([...columns].map(([field, column]) => [column, field]))
  for (const [name, value] of Object.entries(row)) {
    const field = fieldOf.get(name) ?? (FIELDS.has(name) && !columns.has(name) ? name : undefined)
    if (field === 'metadata' && isObject(value)) continue
    if (field !== undefined) example[field] = value
    else if (value !== null && value !== '' && name !== '__proto__') metadata[name] = value
  }
  return Object.keys(metadata).length > 0 ? { ...example, metadata } : example
}
