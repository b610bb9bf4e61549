/** YAML with positions, so that a mistake names its line. Aliases are refused: a few can grow into gigabytes. */
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { normaliseText } from '../../kernel/digest.ts'
import type { Problem } from '../../kernel/failure.ts'
import { unfitIn } from '../../kernel/unfit.ts'
import { type BlueprintFiles, textOf } from './files.ts'
import { lineInPrompt } from './prompt-lines.ts'

type Read<Schema extends z.ZodType | undefined> = {
  path: string
  text: string
  schema: Schema
  problems: Problem[]
  firstLine?: number
}

/** The parsed value, or undefined after adding what is wrong to `problems`. Without a schema any mapping is taken. */
export function readYaml<Schema extends z.ZodType | undefined>({
  path,
  text,
  schema,
  problems,
  firstLine = 1,
}: Read<Schema>): (Schema extends z.ZodType ? z.output<Schema> : Record<string, unknown>) | undefined {
  const lines = new LineCounter()
  const document = parseDocument(normaliseText(text), { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const add = (offset: number | undefined, problem: Omit<Problem, 'file' | 'line'>) => {
    problems.push({
      file: path,
      line: firstLine - 1 + (offset === undefined ? 1 : lines.linePos(offset).line),
      ...problem,
    })
  }
  for (const error of document.errors)
    add(error.pos[0], {
      field: path,
      message: `this is not YAML: ${error.message}`,
      remedy: 'Check the indentation, quotes and colons on this line.',
    })
  if (document.errors.length > 0) return undefined

  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 })
  } catch {
    add(undefined, { field: path, message: 'aliases (`*name`) are not taken', remedy: 'Write the value out.' })
    return undefined
  }
  const unfit = unfitIn(value)
  if (unfit) {
    const { path: at, message, remedy } = unfit
    add(offsetOf(document, at), { field: at.join('.') || 'file', message, remedy })
    return undefined
  }
  if (!schema) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as never
    add(undefined, {
      field: path,
      message: 'the file must hold a mapping of fields',
      remedy: 'Write `field: value` lines.',
    })
    return undefined
  }
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) return parsed.data as never
  for (const issue of parsed.error.issues)
    for (const { field, message, at } of spread(issue))
      add(offsetOf(document, at), { field, message, remedy: remedyOf(issue) })
  return undefined
}

/**
 * Gives mistakes that were found after parsing the line of their field, or of the nearest field above it that is
 * there; one whose file is no YAML of the blueprint stays as it is.
 */
export const withLines = (files: BlueprintFiles, problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => {
    const file = problem.file === undefined ? undefined : files[problem.file]
    if (problem.line !== undefined || file === undefined) return problem
    if (problem.file?.endsWith('.prompt')) return { ...problem, line: lineInPrompt(textOf(file), problem.field) }
    if (!/\.ya?ml$/.test(problem.file ?? '')) return problem
    const lines = new LineCounter()
    const document = parseDocument(normaliseText(textOf(file)), { lineCounter: lines, prettyErrors: false })
    const offset = offsetOf(document, problem.field.split('.'))
    return { ...problem, line: offset === undefined ? 1 : lines.linePos(offset).line }
  })

/** Several unknown keys are several problems. */
function spread(issue: z.core.$ZodIssue): { field: string; message: string; at: PropertyKey[] }[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ field: issue.path.join('.') || 'file', message: lower(issue.message), at: issue.path }]
  return issue.keys.map((key) => ({
    field: [...issue.path, key || '""'].join('.'),
    message: `there is no field ${key || 'without a name'} here`,
    at: [...issue.path, key],
  }))
}

function remedyOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'Correct the name or remove the line.'
  if (issue.code === 'invalid_value') return `Use one of ${issue.values.map(String).join(', ')}.`
  if (issue.code === 'invalid_type') return `Write a value of type ${issue.expected}.`
  return 'Correct the value on this line.'
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** Where the nearest existing node of a path begins. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const keys = path.slice(0, length)
    const parent = length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true)
    if (isNode(parent) && 'items' in parent) {
      const pair = (parent.items as { key?: { value?: unknown; range?: number[] } }[]).find(
        (item) => item.key?.value === keys.at(-1),
      )
      if (pair?.key?.range) return pair.key.range[0]
    }
    const node = document.getIn(keys, true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return undefined
}
