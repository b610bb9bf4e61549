/**
 * Examples of a prompt that stand in a dataset and not in its text: `examples: {dataset: questions, ids: [q1, q7]}` in
 * the front matter, `{{#each examples}}{{input}} {{expected}}{{/each}}` in the template. (S4.19)
 *
 * Invariant: rows of the split build alone are shown, so that no prompt gives away what it is measured with. They are
 * frozen with the prompt as a default of its input: other rows, or another order of them, is another digest.
 */
import { z } from 'zod'
import type { Problem } from '../../kernel/failure.ts'
import { type Example, referencesOf, turnsOf } from '../dataset.ts'
import type { ParsedDataset, ParsedPrompt } from './blueprint.ts'
import { missing } from './missing.ts'

/** More would be training data. */
const MOST = 50

const Reference = z
  .strictObject({
    /** A dataset of the blueprint, by name. */
    dataset: z.string().min(1),
    /** Rows by their ids, in the order in which they are shown. */
    ids: z.array(z.string().min(1)).min(1).max(MOST).optional(),
    /** So many rows from the beginning of the split, of those that have an answer. */
    first: z.number().int().min(1).max(MOST).optional(),
  })
  .refine(({ ids, first }) => (ids === undefined) !== (first === undefined), 'names either `ids` or `first`')
type ExamplesReference = z.infer<typeof Reference>

/** What a template reads of an example, beside its number in the list. */
export const EXAMPLE_FIELDS: readonly string[] = ['id', 'input', 'expected']

type ShownExample = {
  readonly id: string
  /** The question; of a conversation its turns, each on a line behind its role. */
  readonly input: string
  readonly expected: string
}

/** Whether its examples stand in a dataset, rightly named or not. */
export const namesExamples = ({ frontMatter }: Pick<ParsedPrompt, 'frontMatter'>): boolean =>
  frontMatter.examples !== undefined

/** The prompts with the rows that they name; those of a dataset of the installation are looked up at the freeze. */
export function joinExamples(
  prompts: readonly ParsedPrompt[],
  datasets: readonly ParsedDataset[],
  problems: Problem[],
): ParsedPrompt[] {
  return prompts.map((prompt) => {
    const read = referenceIn(prompt, problems)
    if (!read) return prompt
    const dataset = datasets.find(({ name }) => name === read.dataset)
    if (!dataset) {
      const file = fileOf(prompt)
      const put = `datasets/${read.dataset}.jsonl`
      problems.push(
        missing({ file, field: 'examples.dataset', what: 'dataset', name: read.dataset, have: datasets, put }),
      )
    }
    if (!dataset || dataset.reference) return prompt
    const choice = chooseExamples(read)
    for (const row of dataset.rows) choice.look(row)
    const chosen = choice.end(prompt)
    problems.push(...chosen.problems)
    return withExamples(prompt, chosen.shown)
  })
}

/** What a prompt still waits for; undefined where it names nothing, or its rows are there. */
export function openExamples(prompt: ParsedPrompt): ExamplesReference | undefined {
  const read = namesExamples(prompt) ? Reference.safeParse(prompt.frontMatter.examples).data : undefined
  return read && defaultsIn(prompt).examples === undefined ? read : undefined
}

export function withExamples(prompt: ParsedPrompt, shown: readonly ShownExample[]): ParsedPrompt {
  const input = (prompt.frontMatter.input ?? {}) as Record<string, unknown>
  const defaults = { ...defaultsIn(prompt), examples: shown }
  return { ...prompt, frontMatter: { ...prompt.frontMatter, input: { ...input, default: defaults } } }
}

/** As a file that stands by itself: the rows stay, and the dataset that they are from is no longer named. */
export function withoutReference<Prompt extends Pick<ParsedPrompt, 'frontMatter'>>(prompt: Prompt): Prompt {
  const { examples: _, ...frontMatter } = prompt.frontMatter
  return namesExamples(prompt) ? { ...prompt, frontMatter } : prompt
}

/** What the examples of a frozen prompt say, for whoever looks for them in data that measures. */
export const examplesText = ({ frontMatter }: Pick<ParsedPrompt, 'frontMatter'>): string =>
  namesExamples({ frontMatter })
    ? (defaultsIn({ frontMatter }).examples ?? []).map(({ input, expected }) => `${input}\n${expected}`).join('\n')
    : ''

/** Looks at rows one by one, however many there are, and keeps those that are asked for. */
export function chooseExamples({ dataset, ids, first = 0 }: ExamplesReference) {
  const named = new Map<string, Example | undefined>(ids?.map((id) => [id, undefined]))
  const found: Example[] = []
  return {
    look(row: Example): void {
      if (named.has(row.id)) named.set(row.id, row)
      else if (found.length < first && row.split === 'build' && referencesOf(row).length > 0) found.push(row)
    },
    end(prompt: Pick<ParsedPrompt, 'name'>): { shown: ShownExample[]; problems: Problem[] } {
      const at = { file: fileOf(prompt), field: ids ? 'examples.ids' : 'examples.first' }
      const problems = ids
        ? ids.flatMap((id) => whyNotShown(id, named.get(id), dataset).map((why) => ({ ...at, ...why })))
        : found.length < first
          ? [
              {
                ...at,
                message: `the split build of ${dataset} has ${found.length} rows with an answer, and ${first} are asked for`,
                remedy: 'Ask for fewer, or add rows to the split build.',
              },
            ]
          : []
      const rows = ids ? ids.flatMap((id) => named.get(id) ?? []) : found
      return { shown: problems.length > 0 ? [] : rows.map(shownOf), problems }
    },
  }
}

function whyNotShown(id: string, row: Example | undefined, dataset: string): { message: string; remedy: string }[] {
  if (!row)
    return [{ message: `there is no row ${id} in ${dataset}`, remedy: 'Name rows of the dataset by their ids.' }]
  if (row.split !== 'build')
    return [
      {
        message: `the row ${id} is of the split ${row.split}, and what measures a prompt may not stand in it`,
        remedy: 'Name rows of the split build.',
      },
    ]
  if (referencesOf(row).length === 0)
    return [{ message: `the row ${id} has no answer to show`, remedy: 'Give it `expected`, or name another row.' }]
  return []
}

function shownOf(row: Example): ShownExample {
  const turns = turnsOf(row)
  const [only] = turns
  const input =
    turns.length === 1 && only ? only.content : turns.map(({ role, content }) => `${role}: ${content}`).join('\n')
  return { id: row.id, input, expected: referencesOf(row)[0] ?? '' }
}

function referenceIn(prompt: ParsedPrompt, problems: Problem[]): ExamplesReference | undefined {
  if (!namesExamples(prompt)) return undefined
  const read = Reference.safeParse(prompt.frontMatter.examples)
  if (read.success) return read.data
  for (const { path, message } of read.error.issues)
    problems.push({
      file: fileOf(prompt),
      field: ['examples', ...path].join('.'),
      message,
      remedy: `Write \`examples: {dataset: name, ids: [one, two]}\`, or \`first: 4\` in place of \`ids\`; ${MOST} at most.`,
    })
  return undefined
}

const defaultsIn = ({ frontMatter }: Pick<ParsedPrompt, 'frontMatter'>): { examples?: readonly ShownExample[] } =>
  (frontMatter.input as { default?: { examples?: readonly ShownExample[] } } | undefined)?.default ?? {}

const fileOf = ({ name }: Pick<ParsedPrompt, 'name'>): string => `prompts/${name}.prompt`
