/**
 * Which of the rows that were read enter a dataset. Pure; every row ends in one of two places, and a row that does not
 * enter has its line, the field, what was found and what to do.
 */
import { Example, type Split, turnsOf } from '../../core/dataset.ts'
import { digestOf } from '../../kernel/digest.ts'
import { unfitIn } from '../../kernel/unfit.ts'
import type { QuarantinedRow } from './dataset.ts'
import type { PersonalFinding } from './deps.ts'
import type { ReadRow } from './import/read-row.ts'

/** More than any example needs; a longer one is refused, so that a page of rows stays a page. */
export const MOST_ROW_BYTES = 4 * 1024 * 1024
const KEPT_OF_LONGER = 64 * 1024

export type Refused = Pick<QuarantinedRow, 'kind' | 'line' | 'field' | 'message' | 'remedy' | 'text' | 'example'>

export type Admission =
  | { readonly kind: 'entered'; readonly row: Example }
  | { readonly kind: 'refused'; refused: Refused }

export type AdmitRules = {
  /** For rows that name none. */
  readonly split: Split | undefined
  /** Where a row comes from when it does not say. */
  readonly source: (line: number) => string
  readonly synthetic: boolean
  readonly personalDataIn: ((text: string) => readonly PersonalFinding[]) | undefined
  /** What stands in the dataset already. */
  readonly standing: Standing
}

/** Where inputs stand already, by `inputKey`: the row and its split. */
export type Standing = (key: string) => { readonly id: string; readonly split: Split } | undefined

/** Ids of one file, with the lines on which they stand. */
export type Taken = {
  has(id: string): boolean
  get(id: string): number | undefined
  set(id: string, line: number): void
}

export function admit(read: ReadRow, taken: Taken, rules: AdmitRules): Admission {
  const { line, text } = read
  const refuse = (
    field: string,
    message: string,
    remedy: string,
    more: { kind?: Refused['kind']; example?: Example } = {},
  ): Admission => ({
    kind: 'refused',
    refused: {
      kind: more.kind ?? 'broken',
      line,
      field,
      message,
      remedy,
      text: storable(text.length > MOST_ROW_BYTES ? text.slice(0, KEPT_OF_LONGER) : text),
      example: more.example ?? null,
    },
  })
  if (read.problem) return refuse(read.problem.field, read.problem.message, read.problem.remedy)
  if (text.length > MOST_ROW_BYTES)
    return refuse(
      'row',
      `the row has ${text.length} characters, and ${MOST_ROW_BYTES} are the most`,
      'Shorten it, or split it.',
    )
  const unfit = unfitIn(read.value)
  if (unfit) return refuse(unfit.path.join('.') || 'row', unfit.message, unfit.remedy)
  const parsed = Example.safeParse(completed(read, rules, taken))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const field = issue?.path.join('.') || 'row'
    return refuse(field, issue?.message ?? 'this is no example', remedyFor(field))
  }
  const example = parsed.data
  const before = taken.get(example.id)
  if (before !== undefined)
    return refuse('id', `the id ${example.id} stands on line ${before} already`, 'Give each example its own id.', {
      example,
    })
  taken.set(example.id, line)
  const rule = brokenRule(example, rules.standing)
  if (rule) return refuse('split', rule.message, rule.remedy, { kind: 'rule', example })
  const [personal] = rules.personalDataIn?.(textOf(example)) ?? []
  if (personal)
    return refuse(
      'row',
      `it holds what looks like personal data: ${personal.kind} ${personal.shown}`,
      'Say that it is synthetic or allowed, or discard it; a real person does not belong into the sandbox.',
      { kind: 'personal', example },
    )
  return { kind: 'entered', row: example }
}

/** What a split may not take, or undefined. */
export function brokenRule(
  example: Pick<Example, 'id' | 'split' | 'source' | 'input' | 'synthetic'>,
  standing: Standing,
): { message: string; remedy: string } | undefined {
  if (example.split === 'holdout' && example.synthetic)
    return {
      message: 'a case that a generator made may not enter the holdout: nobody asked it, and its maker knows it',
      remedy: 'Put it into regress or build.',
    }
  if (example.split === 'holdout' && isFromTraffic(example))
    return {
      message: 'a case of production may not enter the holdout: whoever mends it has seen it',
      remedy: 'Put it into regress.',
    }
  const known = standing(inputKey(example))
  if (known === undefined || known.split === example.split) return undefined
  // A row may move, but not into the exam.
  if (known.id === example.id && example.split !== 'holdout') return undefined
  return {
    message: `the same input stands in the split ${known.split} already, as ${known.id}`,
    remedy:
      example.split === 'holdout'
        ? 'Leave it where it is: what was seen is no exam.'
        : `Put it into ${known.split}, or leave it out.`,
  }
}

export const isFromTraffic = ({ source }: Pick<Example, 'source'>): boolean => /^trace [0-9a-f]{32}$/.test(source ?? '')

/** What is asked, made comparable: case, marks and spaces make no difference. */
export const inputKey = (example: Pick<Example, 'input'>): string =>
  turnsOf(example)
    .map(({ role, content }) => `${role === 'user' ? '' : `${role} `}${plain(content)}`)
    .join(' | ')

export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()

/** All that a person wrote in it; ids and names of machines are left out. */
export function textOf({ input, expected, rubric, metadata }: Example): string {
  const turns = typeof input === 'string' ? input : input.map(({ content }) => content).join('\n')
  const references = Array.isArray(expected) ? expected.join('\n') : (expected ?? '')
  return [turns, references, rubric ?? '', metadata ? JSON.stringify(metadata) : ''].filter(Boolean).join('\n')
}

/** With an id that follows from what it says, so that the same file gives the same rows. */
function completed(
  { value, line }: ReadRow,
  { split, source, synthetic }: AdmitRules,
  taken: Pick<Taken, 'has'>,
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const row = value as Record<string, unknown>
  const id = row.id === undefined ? newIdOf(row, taken) : typeof row.id === 'number' ? String(row.id) : row.id
  return {
    ...row,
    id,
    ...(row.split === undefined && split !== undefined && { split }),
    ...(row.source === undefined && { source: source(line) }),
    ...(synthetic && { synthetic: true }),
  }
}

function newIdOf({ input, expected }: Record<string, unknown>, taken: Pick<Taken, 'has'>): string {
  const base = `row-${digestOf({ input: input ?? null, expected: expected ?? null }).slice(7, 19)}`
  for (let again = 1; ; again++) {
    const id = again === 1 ? base : `${base}-${again}`
    if (!taken.has(id)) return id
  }
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')

function remedyFor(field: string): string {
  if (field === 'split') return 'Use build, regress, holdout or calibration.'
  if (field.startsWith('input'))
    return 'Name what is asked `input`, or say which field it is: columns=input=question,expected=answer.'
  return 'An example is {"id": "…", "input": "…", "expected": "…", "split": "regress"}.'
}
