/**
 * A promptfoo project as a blueprint. What promptfoo asserts test by test becomes rows with what is expected and suites
 * of tests with the same assertions; prompts with one variable stay prompts, others are rendered into the questions.
 * Everything without an equivalent is listed with its place; nothing is dropped silently.
 */
import { z } from 'zod'
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import { readCsv } from '../../kernel/csv.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import { Assertion, type Mapped, mapAssertion, readShortAssertion } from './promptfoo-assertion.ts'
import { modelOf, parametersOf } from './promptfoo-provider.ts'

export type Unsupported = { readonly where: string; readonly what: string }
export type Converted = { readonly files: Record<string, string>; readonly unsupported: Unsupported[] }

const CONFIG = /(^|\/)promptfooconfig\.ya?ml$/
const KNOWN = [
  'description',
  'prompts',
  'providers',
  'targets',
  'tests',
  'defaultTest',
  'evaluateOptions',
  'tags',
  'outputPath',
  'sharing',
  '$schema',
]

const Test = z.looseObject({
  description: z.string().optional(),
  vars: z.record(z.string(), z.unknown()).default({}),
  assert: z.array(z.unknown()).default([]),
  threshold: z.number().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
})
type Test = z.infer<typeof Test>

/** Throws `evals.promptfoo-unreadable` with every problem when there is no configuration or it is not YAML. */
export function convertPromptfoo(given: Readonly<Record<string, string>>): Converted {
  const path = Object.keys(given).find((one) => CONFIG.test(one))
  const problems: Problem[] = []
  const config =
    path === undefined ? undefined : readYaml({ path, text: given[path] ?? '', schema: undefined, problems })
  if (path === undefined || !config)
    throw new Failure(
      'invalid',
      'evals.promptfoo-unreadable',
      path === undefined ? 'There is no promptfooconfig.yaml among the files.' : `${path} cannot be read.`,
      { problems },
    )
  const unsupported: Unsupported[] = []
  const lose = (where: string, what: string) => unsupported.push({ where, what })
  for (const key of Object.keys(config)) if (!KNOWN.includes(key)) lose(key, 'this field has no equivalent')
  const base = path.replace(/[^/]*$/, '')
  const fileOf = (reference: string): string | undefined =>
    given[`${base}${reference.replace(/^file:\/\/(\.\/)?/, '')}`]

  const prompts = promptsOf(config.prompts, { fileOf, lose })
  const defaults = Test.safeParse(config.defaultTest ?? {}).data ?? Test.parse({})
  const tests = testsOf(config.tests, { fileOf, lose }).flatMap((test) => expanded(merged(defaults, test)))
  const files = { ...settingsOf(config, lose), ...suitesOf(prompts, tests, lose) }
  return { files, unsupported }
}

type Reading = { fileOf: (reference: string) => string | undefined; lose: (where: string, what: string) => void }

function promptsOf(given: unknown, { fileOf, lose }: Reading): string[] {
  const all = [given ?? '{{question}}'].flat().flatMap((one, at) => {
    const text =
      typeof one === 'string'
        ? one
        : ((one as { raw?: string; id?: string } | null)?.raw ?? (one as { id?: string })?.id)
    if (typeof text !== 'string') {
      lose(`prompts.${at}`, 'is neither a text nor a file')
      return []
    }
    if (!text.startsWith('file://')) return [text]
    if (/\.(m?[jt]s|py)(:\w+)?$/.test(text)) {
      lose(`prompts.${at}`, `${text} is code`)
      return []
    }
    const content = fileOf(text)
    if (content === undefined) lose(`prompts.${at}`, `${text} is not among the files`)
    // Several prompts of one file are separated by lines of three hyphens.
    return content === undefined
      ? []
      : /\.txt$/.test(text)
        ? content.split(/^---$/m).map((part) => part.trim())
        : [content]
  })
  for (const [at, prompt] of all.entries())
    if (/\{%|\{\{[^}]*\|/.test(prompt))
      lose(`prompts.${at}`, 'uses tags or filters of Nunjucks; only plain variables are filled')
  return all.length > 0 ? all : ['{{question}}']
}

function testsOf(given: unknown, { fileOf, lose }: Reading): Test[] {
  return [given ?? []].flat().flatMap((one, at): Test[] => {
    if (typeof one !== 'string') {
      const parsed = Test.safeParse(one)
      if (parsed.success) return [parsed.data]
      lose(`tests.${at}`, 'is not a test')
      return []
    }
    const text = fileOf(one)
    if (text === undefined) {
      lose(`tests.${at}`, `${one} is not among the files`)
      return []
    }
    if (/\.csv$/.test(one)) return csvTests(text)
    if (/\.jsonl$/.test(one))
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => Test.parse(JSON.parse(line)))
    const problems: Problem[] = []
    // A list at the top is no mapping, which is what a file of a blueprint is.
    const read = readYaml({ path: one, text: `tests:\n${text.replace(/^/gm, '  ')}`, schema: undefined, problems })
    if (!read) lose(`tests.${at}`, problems[0]?.message ?? 'cannot be read')
    return testsOf(read?.tests, { fileOf, lose })
  })
}

/** Columns are variables; `__expected`, `__expected1`, … are assertions in their short form. */
function csvTests(text: string): Test[] {
  const [head, ...rows] = readCsv(text)
  const names = head?.cells.map((name) => name.trim()) ?? []
  return rows.map(({ cells }) => {
    const named = names.map((name, at) => [name, cells[at] ?? ''] as const)
    return Test.parse({
      vars: Object.fromEntries(named.filter(([name]) => !name.startsWith('__'))),
      assert: named
        .filter(([name, cell]) => /^__expected\d*$/.test(name) && cell !== '')
        .map(([, cell]) => readShortAssertion(cell)),
    })
  })
}

const merged = (defaults: Test, test: Test): Test => ({
  ...test,
  vars: { ...defaults.vars, ...test.vars },
  assert: [...defaults.assert, ...test.assert],
  threshold: test.threshold ?? defaults.threshold,
  options: { ...defaults.options, ...test.options },
})

/** The model of vectors that a test's options name. */
const vectorsOf = (options: Test['options']): unknown =>
  z.looseObject({ provider: z.looseObject({ embedding: z.unknown() }) }).safeParse(options).data?.provider.embedding

/** A list as a variable is one test for each value, as promptfoo has it. */
function expanded(test: Test): Test[] {
  const list = Object.entries(test.vars).find(
    ([, value]) => Array.isArray(value) && value.every((one) => typeof one !== 'object'),
  )
  if (!list) return [test]
  const [name, values] = list
  return (values as unknown[]).flatMap((value) => expanded({ ...test, vars: { ...test.vars, [name]: value } }))
}

function settingsOf(config: Record<string, unknown>, lose: Reading['lose']): Record<string, string> {
  const providers = [config.providers ?? config.targets ?? []].flat()
  const known = providers.flatMap((provider, at) => {
    const found = modelOf(provider)
    if (found.kind === 'none') {
      lose(`providers.${at}`, found.why)
      return []
    }
    return [{ ...found, parameters: parametersOf(provider) }]
  })
  const target = known.find((one) => one.kind === 'target')
  const [first, ...others] = known.filter((one) => one.kind === 'model')
  for (const { name } of others) lose('providers', `${name} is another arm: airworthy eval --model ${name}`)
  const settings = target
    ? { target: { kind: 'http', url: target.name } }
    : { models: { answer: { model: first?.name ?? 'local/extractive', parameters: first?.parameters ?? {} } } }
  if (known.length === 0) lose('providers', 'none can be used here; local/extractive stands in until you name a model')
  const description = typeof config.description === 'string' ? { description: config.description } : {}
  return { 'airworthy.yaml': yaml({ ...description, ...settings }) }
}

const isSimilar = (one: Mapped): boolean => one.kind === 'row' && one.use === 'similarity'

function suitesOf(prompts: readonly string[], tests: readonly Test[], lose: Reading['lose']): Record<string, string> {
  const files: Record<string, string> = {}
  const variables = new Set(
    prompts.flatMap((prompt) => [...prompt.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)].map(([, name]) => name ?? '')),
  )
  const [single] = variables
  const isSingle = variables.size === 1 && single !== undefined
  if (isSingle)
    for (const [at, prompt] of prompts.entries())
      files[`prompts/${at === 0 ? 'answer' : `answer-${at + 1}`}.prompt`] = promptFile(
        prompt.replace(/\{\{\s*[\w.]+\s*\}\}/g, '{{question}}'),
      )
  else files['prompts/answer.prompt'] = promptFile('{{question}}')
  if (isSingle && prompts.length > 1)
    lose('prompts', `${prompts.length - 1} further prompts are arms: airworthy eval --prompt prompts/answer-2.prompt`)

  const groups = new Map<string, { rows: unknown[]; uses: Mapped[] }>()
  for (const [at, test] of tests.entries()) {
    const mapped = test.assert.map((one, index) => {
      const parsed = Assertion.safeParse(typeof one === 'string' ? readShortAssertion(one) : one)
      const found: Mapped = parsed.success
        ? mapAssertion(parsed.data, vectorsOf(test.options))
        : { kind: 'none', why: 'is not an assertion' }
      if (found.kind === 'none') lose(`tests.${at}.assert.${index}`, found.why)
      if (found.kind === 'rubric')
        lose(
          `tests.${at}.assert.${index}`,
          'is kept as the rubric of its row; a judge must be calibrated before it counts',
        )
      return found
    })
    if (mapped.some(isSimilar) && mapped.some((one) => one.kind === 'row' && !isSimilar(one)))
      lose(
        `tests.${at}.assert`,
        'similar and the other assertions share the texts of the row; split the test for its own',
      )
    if (test.threshold !== undefined)
      lose(`tests.${at}.threshold`, 'a share of assertions is no score here; each evaluator has its own')
    const expected = mapped.flatMap((one) => (one.kind === 'row' ? one.expected : []))
    const rubric = mapped.flatMap((one) => (one.kind === 'rubric' ? [one.rubric] : [])).join('\n')
    const uses = mapped.filter((one) => one.kind === 'row' || one.kind === 'suite')
    const key = JSON.stringify(uses.map((one) => [one.use, one.options ?? {}]))
    const group = groups.get(key) ?? { rows: [], uses }
    groups.set(key, group)
    for (const [number, prompt] of (isSingle ? ['{{question}}'] : prompts).entries())
      group.rows.push({
        id: `test-${at + 1}${number === 0 ? '' : `-prompt-${number + 1}`}`,
        input: isSingle ? String(test.vars[single] ?? '') || '(empty)' : filled(prompt, test.vars) || '(empty)',
        ...(expected.length > 0 && { expected: expected.length === 1 ? expected[0] : expected }),
        ...(rubric !== '' && { rubric }),
        split: 'regress',
        ...(test.description !== undefined && { source: test.description }),
        metadata: { ...test.metadata, vars: test.vars },
      })
  }
  let count = 0
  for (const { rows, uses } of groups.values()) {
    const name = count++ === 0 ? 'tests' : `tests-${count}`
    files[`datasets/${name}.jsonl`] = `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`
    const evaluators = uses.map((one) => ('use' in one ? { use: one.use, options: one.options ?? {} } : {}))
    // Tests that assert nothing we know are still asked, so that their answers can be read.
    files[`evals/${name}.yaml`] = yaml({
      dataset: name,
      evaluators: evaluators.length > 0 ? evaluators : ['latency-ms'],
      kind: 'prompt',
    })
  }
  return files
}

const filled = (prompt: string, vars: Readonly<Record<string, unknown>>): string =>
  prompt.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => {
    const value = vars[name]
    return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  })

/** A list of messages keeps its roles; plain text is the user's. */
function promptFile(text: string): string {
  const head = '---\ninput:\n  schema:\n    question: string\n---\n'
  const messages = z.array(z.object({ role: z.string(), content: z.string() })).safeParse(jsonOf(text))
  if (!messages.success) return `${head}{{role "user"}}\n${text.trim()}\n`
  return `${head}${messages.data.map(({ role, content }) => `{{role "${role === 'assistant' ? 'model' : role}"}}\n${content}`).join('\n')}\n`
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** JSON is YAML; one field a line so that a person can go on with it. */
const yaml = (value: Readonly<Record<string, unknown>>): string =>
  `${Object.entries(value)
    .map(([key, one]) => `${key}: ${JSON.stringify(one)}`)
    .join('\n')}\n`
