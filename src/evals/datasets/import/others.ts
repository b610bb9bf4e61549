/** Rows of other tools into examples, one function each. What an example has no place for goes into its metadata. */
import { isObject, type RowProblem } from './read-row.ts'

type Mapped = { readonly value: Record<string, unknown> } | { readonly problem: RowProblem }

/** OpenAI evals: `{"input": turns or text, "ideal": text or texts}`. */
export function ofOpenAiEvals(row: Record<string, unknown>): Mapped {
  const { input, ideal, id, ...rest } = row
  return {
    value: {
      ...(id !== undefined && { id }),
      input: Array.isArray(input) ? input.map(turn) : input,
      ...(ideal !== undefined && { expected: ideal }),
      ...kept(rest),
    },
  }
}

/** MLflow: `{"inputs": {…}, "expectations": {…}, "tags": {…}, "source": {…}}`, as evaluation datasets have it. */
export function ofMlflow(row: Record<string, unknown>): Mapped {
  const { inputs, expectations, tags, source, outputs, dataset_record_id: recordId, ...rest } = row
  if (!isObject(inputs))
    return { problem: { field: 'inputs', message: 'there are no inputs', remedy: 'A row is {"inputs": {…}}.' } }
  const {
    expected_response: response,
    expected_facts: facts,
    guidelines,
    ...further
  } = isObject(expectations) ? expectations : {}
  const rubric = [...textsOf(facts).map((fact) => `It says: ${fact}`), ...textsOf(guidelines)].join('\n')
  const documents = isObject(expectations) ? expectations.expected_retrieved_context : undefined
  const contexts = Array.isArray(documents)
    ? documents.flatMap((one) => (isObject(one) && typeof one.doc_uri === 'string' ? [one.doc_uri] : []))
    : []
  const { input, others } = questionIn(inputs)
  return {
    value: {
      ...(typeof recordId === 'string' && { id: recordId }),
      input,
      ...(response !== undefined && { expected: response }),
      ...(rubric !== '' && { rubric }),
      ...(contexts.length > 0 && { contexts }),
      ...(traceOf(source) && { source: `trace ${traceOf(source)}` }),
      ...kept({
        ...others,
        ...further,
        ...(isObject(tags) ? tags : {}),
        ...(outputs !== undefined && { outputs }),
        ...rest,
      }),
    },
  }
}

/** Columns under which published sets have what is asked, the first that is there. */
const ASKED = ['input', 'question', 'query', 'prompt', 'instruction', 'text', 'sentence', 'problem']
const ANSWERED = [
  'expected',
  'answer',
  'answers',
  'output',
  'response',
  'target',
  'label',
  'completion',
  'solution',
  'category',
]

/** The layout of the Hugging Face hub: any columns; the split is the file's name. */
export function ofHuggingFace(row: Record<string, unknown>): Mapped {
  const { id, idx, messages, ...rest } = row
  const asked = ASKED.find((name) => name in rest)
  const answered = ANSWERED.find((name) => name in rest && name !== asked)
  const input = Array.isArray(messages) ? messages.map(turn) : asked === undefined ? undefined : rest[asked]
  const expected = answered === undefined ? undefined : answerOf(rest[answered])
  const { [asked ?? '']: _, [answered ?? '']: __, ...others } = rest
  return {
    value: {
      ...((id ?? idx) !== undefined && { id: String(id ?? idx) }),
      input: typeof input === 'number' ? String(input) : input,
      ...(expected !== undefined && { expected }),
      ...kept(others),
    },
  }
}

/** A test of promptfoo: what stands in `vars`, and those of its assertions that say what the answer is. */
export function ofPromptfooTest(test: Record<string, unknown>, notes: string[]): Mapped {
  const { vars, assert: assertions, description, metadata, ...rest } = test
  if (!isObject(vars))
    return {
      problem: { field: 'vars', message: 'the test has no vars', remedy: 'A test is {"vars": {"question": "…"}}.' },
    }
  const { input, others } = questionIn(vars)
  const expected: string[] = []
  const rubric: string[] = []
  const left: unknown[] = []
  for (const one of Array.isArray(assertions) ? assertions : []) {
    const { type, value } = isObject(one) ? one : {}
    if (
      ['equals', 'is', 'contains', 'icontains', 'similar', 'factuality'].includes(String(type)) &&
      typeof value === 'string'
    )
      expected.push(value)
    else if (['llm-rubric', 'model-graded-closedqa', 'g-eval'].includes(String(type)) && typeof value === 'string')
      rubric.push(value)
    else left.push(one)
  }
  if (left.length > 0) {
    const kinds = [...new Set(left.map((one) => (isObject(one) ? String(one.type) : 'text')))].join(', ')
    const note = `Assertions ${kinds} say no expected answer; they are kept as metadata.assert and belong into a suite.`
    if (!notes.includes(note)) notes.push(note)
  }
  const [first] = expected
  return {
    value: {
      input,
      ...(first !== undefined && { expected: expected.length === 1 ? first : expected }),
      ...(rubric.length > 0 && { rubric: rubric.join('\n') }),
      ...kept({
        ...others,
        ...(isObject(metadata) ? metadata : {}),
        ...(typeof description === 'string' && { description }),
        ...(left.length > 0 && { assert: left }),
        ...rest,
      }),
    },
  }
}

/** What of named inputs is the question: turns, a usual name, the only text there is, or all of it as JSON. */
function questionIn(inputs: Record<string, unknown>): { input: unknown; others: Record<string, unknown> } {
  if (Array.isArray(inputs.messages)) {
    const { messages, ...others } = inputs
    return { input: (messages as unknown[]).map(turn), others }
  }
  const texts = Object.keys(inputs).filter((name) => typeof inputs[name] === 'string')
  const name = ASKED.find((one) => typeof inputs[one] === 'string') ?? (texts.length === 1 ? texts[0] : undefined)
  if (name === undefined) return { input: JSON.stringify(inputs), others: {} }
  const { [name]: input, ...others } = inputs
  return { input, others }
}

/** A turn's text; content in parts is joined where all of it is text. */
function turn(value: unknown): unknown {
  if (!isObject(value) || !Array.isArray(value.content)) return value
  const parts = value.content.map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : undefined))
  return parts.includes(undefined) ? value : { ...value, content: parts.join('') }
}

/** SQuAD has its answers as `{text: […]}`; labels are numbers. */
function answerOf(value: unknown): unknown {
  if (isObject(value) && Array.isArray(value.text)) return value.text.length > 0 ? value.text : undefined
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : (value ?? undefined)
}

function traceOf(source: unknown): string | undefined {
  const data = isObject(source) && isObject(source.source_data) ? source.source_data : {}
  const id = String(data.trace_id ?? '').replace(/^tr-/, '')
  return /^[0-9a-f]{32}$/.test(id) ? id : undefined
}

const textsOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

const kept = (others: Record<string, unknown>): { metadata?: Record<string, unknown> } => {
  const there = Object.entries(others).filter(
    ([name, value]) => value !== null && value !== undefined && name !== '__proto__',
  )
  return there.length > 0 ? { metadata: Object.fromEntries(there) } : {}
}
