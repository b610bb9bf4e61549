/** Evaluators of ours as promptfoo's assertions about one row; the other direction is `promptfoo-assertion.ts`. */
import { type EvaluatorUse, type Example, referencesOf } from '../../core/dataset.ts'
import { vectorsProviderOf } from './to-promptfoo-provider.ts'

export type WrittenAssertion = {
  readonly type: string
  readonly value?: unknown
  readonly threshold?: number
  readonly provider?: string
}
/** `none` where the evaluator says nothing about this row; `lost` where promptfoo has no such thing. */
export type Written =
  | { readonly kind: 'assertion'; readonly assertion: WrittenAssertion }
  | { readonly kind: 'none' }
  | { readonly kind: 'lost'; readonly why: string }

type Options = Readonly<Record<string, unknown>>

const NOTHING: Written = { kind: 'none' }
const says = (assertion: WrittenAssertion): Written => ({ kind: 'assertion', assertion })
const lost = (why: string): Written => ({ kind: 'lost', why })
const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

export function writeAssertion({ use, options }: EvaluatorUse, row: Example): Written {
  const references = referencesOf(row)
  switch (use) {
    case 'exact':
      return exact(references)
    case 'contains':
      return contains(references, options)
    case 'regex':
      return regex(options)
    case 'json-schema':
      return says({ type: 'is-json', value: options.schema })
    case 'similarity':
      return similar(references, options)
    case 'criterion':
      return says({ type: 'llm-rubric', value: options.criterion })
    case 'rubric':
      return rubric(row, options)
    case 'refusal':
      return refusal(row, options)
    case 'bleu':
      return scored('bleu', references)
    case 'rouge-1':
      return scored('rouge-n', references)
    default:
      return lost(`${use} has no equivalent in promptfoo`)
  }
}

/** promptfoo compares with one text; one of several is a pattern. Spaces around an answer count there. */
function exact(references: readonly string[]): Written {
  const [only] = references
  if (only === undefined) return NOTHING
  if (references.length === 1) return says({ type: 'equals', value: only })
  return says({ type: 'regex', value: `^\\s*(?:${references.map((text) => literal(text.trim())).join('|')})\\s*$` })
}

function contains(references: readonly string[], { values, caseSensitive = false }: Options): Written {
  const fold = caseSensitive === true ? '' : 'i'
  if (Array.isArray(values)) return says({ type: `${fold}contains-all`, value: values })
  const [only] = references
  if (only === undefined) return NOTHING
  return references.length === 1
    ? says({ type: `${fold}contains`, value: only })
    : says({ type: `${fold}contains-any`, value: references })
}

/** promptfoo gives its patterns no flags. */
function regex({ pattern, flags = '', absent = false }: Options): Written {
  if (flags !== '') return lost(`regex with the flags ${flags} has no equivalent; promptfoo's patterns have none`)
  return says({ type: absent === true ? 'not-regex' : 'regex', value: pattern })
}

function similar(references: readonly string[], { model, passAt }: Options): Written {
  if (references.length === 0) return NOTHING
  const provider = vectorsProviderOf(String(model))
  if (provider === undefined) return lost(`similarity by ${String(model)}, which promptfoo has no name for`)
  // Without a line of its own it is a score, by which nothing fails.
  const threshold = typeof passAt === 'number' ? passAt : 0
  return says({ type: 'similar', value: oneOrAll(references), threshold, provider })
}

function rubric(row: Example, { rubric: fixed }: Options): Written {
  const value = fixed ?? row.rubric
  return value === undefined ? NOTHING : says({ type: 'llm-rubric', value })
}

function refusal(row: Example, { expected = 'metadata' }: Options): Written {
  const wanted = expected === 'metadata' ? row.metadata?.refusal : expected === 'refuse'
  return typeof wanted === 'boolean' ? says({ type: wanted ? 'is-refusal' : 'not-is-refusal' }) : NOTHING
}

/** What is a score here fails nothing there. */
const scored = (type: string, references: readonly string[]): Written =>
  references.length === 0 ? NOTHING : says({ type, value: oneOrAll(references), threshold: 0 })

const oneOrAll = (texts: readonly string[]) => (texts.length === 1 ? texts[0] : texts)
