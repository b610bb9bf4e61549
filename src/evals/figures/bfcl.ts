/** Figures of BFCL: the checker of tool calls passes what is expected, and fails on every change of it. */
import { setImmediate } from 'node:timers/promises'
import { Example } from '../../core/dataset.ts'
import { prepareEvaluators, type ToolCall } from '../evaluators/index.ts'
import { type Figures, jsonLines, met } from './figure.ts'

const FILE = 'tools-bfcl/bfcl.jsonl.gz'

type Case = { category: string; ground_truth?: Record<string, Record<string, unknown[]>>[] }

/** Of each category: cases, and the calls that are expected in all of them. */
const REFERENCES = [
  ['simple_python', 400, 400],
  ['multiple', 200, 200],
  ['parallel', 200, 540],
  ['live_simple', 258, 258],
  ['irrelevance', 240, 0],
] as const
/** The server answers others in between. */
const CASES_AT_ONCE = 50

export const bfcl: Figures = {
  name: 'bfcl',
  title: 'BFCL: the checker of tool calls on 1,298 cases in five categories',
  source: 'ShishirPatil/gorilla (Apache-2.0), commit 6ea5797',
  basis: 'the counts of the source; a checker is right when it passes what is expected and fails every change',
  files: [FILE],
  sourceFiles: [],
  async compute({ fileOf }) {
    const cases = jsonLines<Case>(fileOf(FILE))
    const found = []
    for (const [category, count, expected] of REFERENCES) {
      const own = cases.filter((one) => one.category === category)
      const checked = await checkAll(own)
      found.push(
        met(`${category}: cases`, count, own.length, 0),
        met(`${category}: calls expected`, expected, own.flatMap(({ ground_truth = [] }) => ground_truth).length, 0),
        met(`${category}: expected calls that pass`, count, checked.passed, 0),
        met(`${category}: changes of them that pass (of ${checked.changes})`, 0, checked.wronglyPassed, 0),
      )
    }
    return found
  },
}

async function checkAll(cases: readonly Case[]): Promise<{ passed: number; changes: number; wronglyPassed: number }> {
  const counts = { passed: 0, changes: 0, wronglyPassed: 0 }
  for (const [at, one] of cases.entries()) {
    if (at % CASES_AT_ONCE === 0) await setImmediate()
    const right = rightCalls(one)
    if (await passes(one, right)) counts.passed++
    for (const changed of changesOf(one, right)) {
      counts.changes++
      if (await passes(one, changed)) counts.wronglyPassed++
    }
  }
  return counts
}

const [checker] = prepareEvaluators([{ use: 'tool-calls', options: {} }])

async function passes({ ground_truth = [] }: Case, made: ToolCall[]): Promise<boolean> {
  const tools = ground_truth.map((call) => {
    const [name = '', args = {}] = Object.entries(call)[0] ?? []
    return { name, arguments: args }
  })
  const result = {
    abstained: false,
    passages: [],
    citations: [],
    invalidCitations: [],
    latencyMs: 0,
    costMicroUsd: null,
  }
  const row = {
    example: Example.parse({ id: 'case', input: 'asked', tools }),
    answer: JSON.stringify(made),
    result: { ...result, toolCalls: made },
  }
  return (await checker?.score(row, { signal: new AbortController().signal }))?.score === 1
}

/** A call added, missing, doubled; an argument added, changed, and left out where it may not be. */
function changesOf({ ground_truth = [] }: Case, right: ToolCall[]): ToolCall[][] {
  const [call, ...rest] = right
  const added = [...right, { name: 'nobody_asked', arguments: {} }]
  if (!call) return [added]
  const withArguments = (args: ToolCall['arguments']) => [{ ...call, arguments: args }, ...rest]
  const calls = [added, rest, [call, ...right], withArguments({ ...call.arguments, unasked_argument: 1 })]
  const [name] = Object.keys(call.arguments)
  if (name === undefined) return calls
  const { [name]: _, ...others } = call.arguments
  const mayBeLeftOut = ground_truth
    .map((wanted) => wanted[call.name]?.[name])
    .find(Boolean)
    ?.includes('')
  return [
    ...calls,
    withArguments({ ...call.arguments, [name]: 'something else entirely' }),
    ...(mayBeLeftOut ? [] : [withArguments(others)]),
  ]
}

/** The calls built of the first accepted values; an argument that may be left out is left out where nothing else is accepted. */
const rightCalls = ({ ground_truth = [] }: Case): ToolCall[] =>
  ground_truth.map((call) => {
    const [name = '', args = {}] = Object.entries(call)[0] ?? []
    return { name, arguments: firstOf(args) }
  })

function firstOf(args: Record<string, unknown[]>): Record<string, unknown> {
  const entries = Object.entries(args).flatMap(([name, [value]]) =>
    value === '' || value === undefined ? [] : [[name, plainOf(value)] as const],
  )
  return Object.fromEntries(entries)
}

/** Objects hold lists of accepted values again; a list is a value. */
const plainOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? firstOf(value as Record<string, unknown[]>)
    : value
