/**
 * A blueprint as a promptfoo project. A flow that only asks a model becomes its prompt and that provider; every other one
 * is asked as the application that it is, through the gateway. What promptfoo has no equivalent for is listed with its
 * place; rows of the holdout stay here.
 */
import type { Blueprint } from '../../core/blueprint/blueprint.ts'
import type { BlueprintFiles } from '../../core/blueprint/files.ts'
import { parseBlueprint } from '../../core/blueprint/parse.ts'
import type { Example, Suite } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import { plural } from '../../kernel/plural.ts'
import type { Converted, Unsupported } from './promptfoo.ts'
import { type WrittenAssertion, writeAssertion } from './to-promptfoo-assertion.ts'
import { providerOf } from './to-promptfoo-provider.ts'

type Lose = (where: string, what: string) => void
type Test = { description: string; vars: { question: string }; assert: WrittenAssertion[]; metadata?: object }

/** Throws `evals.blueprint-unreadable` with every problem of the blueprint. */
export function promptfooOf({ files, name }: { files: BlueprintFiles; name: string }): Converted {
  const parsed = parseBlueprint({ files, name })
  if (parsed.kind === 'problems')
    throw new Failure('invalid', 'evals.blueprint-unreadable', 'The blueprint cannot be read.', {
      problems: parsed.problems,
    })
  const unsupported: Unsupported[] = []
  const lose: Lose = (where, what) => unsupported.push({ where, what })
  const { settings } = parsed.blueprint
  const tests = testsOf(parsed.blueprint, lose)
  const asked = askedOf(parsed.blueprint, lose)
  const config = {
    description: settings.description || settings.name,
    prompts: asked.prompts,
    providers: [asked.provider],
    tests: 'file://tests.jsonl',
  }
  return {
    files: {
      'promptfooconfig.yaml': yaml(config),
      'tests.jsonl': tests.map((test) => `${JSON.stringify(test)}\n`).join(''),
      ...asked.files,
    },
    unsupported,
  }
}

/** By example, with the assertions of all suites that measure it. */
function testsOf({ suites, datasets }: Blueprint, lose: Lose): Test[] {
  const tests = new Map<string, Test>()
  const told = new Set<string>()
  // By name, so that what comes of it does not depend on the order of files.
  for (const suite of suites.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const dataset = datasets.find(({ name }) => name === suite.dataset)
    if (!dataset) continue
    if (dataset.reference)
      lose(`datasets.${dataset.name}`, 'its rows are in the installation; export that version, and add it to the tests')
    for (const row of rowsOf(suite, dataset.rows, lose)) {
      const key = `${dataset.name}/${row.id}`
      const test = tests.get(key) ?? testOf(row)
      const isGraded = suite.evaluators.some(({ use }) => use === 'rubric')
      // A rubric that no judge of ours is calibrated for is graded there.
      if (!tests.has(key) && !isGraded && row.rubric) test.assert.push({ type: 'llm-rubric', value: row.rubric })
      tests.set(key, test)
      for (const use of suite.evaluators) {
        const written = writeAssertion(use, row)
        if (written.kind === 'assertion') test.assert.push(written.assertion)
        else if (written.kind === 'lost' && !told.has(`${suite.name} ${written.why}`)) {
          told.add(`${suite.name} ${written.why}`)
          lose(`evals.${suite.name}`, written.why)
        }
      }
    }
  }
  return [...tests.values()]
}

function rowsOf(suite: Suite, rows: readonly Example[], lose: Lose): (Example & { input: string })[] {
  const wanted = rows.filter(({ split }) => suite.splits.includes(split))
  const open = wanted.filter(({ split }) => split !== 'holdout')
  if (open.length < wanted.length)
    lose(`evals.${suite.name}`, `${plural(wanted.length - open.length, 'row')} of the holdout not written out`)
  const single = open.filter((row): row is Example & { input: string } => typeof row.input === 'string')
  if (single.length < open.length)
    lose(
      `evals.${suite.name}`,
      `${plural(open.length - single.length, 'conversation')} of several turns; here a prompt has one question`,
    )
  return single
}

const testOf = ({ id, input, source, metadata }: Example & { input: string }): Test => ({
  description: source ?? id,
  vars: { question: input },
  assert: [],
  ...(metadata && { metadata }),
})

type Asked = { prompts: string[]; provider: { id: string; config?: object }; files: Record<string, string> }

function askedOf({ settings, flow, prompts }: Blueprint, lose: Lose): Asked {
  const [step, ...further] = flow.steps
  const model = step?.use === 'generate' ? settings.models[step.model] : undefined
  const prompt = step?.use === 'generate' ? prompts.find(({ name }) => name === step.prompt) : undefined
  const provider = model && providerOf(model.model)
  if (further.length === 0 && model && prompt && provider !== undefined && isPlain(prompt.body)) {
    const path = `prompts/${prompt.name}.json`
    return {
      prompts: [`file://${path}`],
      provider: { id: provider, ...(Object.keys(model.parameters).length > 0 && { config: model.parameters }) },
      files: { [path]: `${JSON.stringify(messagesOf(prompt.body), null, 2)}\n` },
    }
  }
  lose(
    'flow',
    'promptfoo asks the application through the gateway: set OPENAI_BASE_URL to the address of the server with /v1, and AIRWORTHY_KEY to a key of it',
  )
  return {
    prompts: ['{{question}}'],
    provider: { id: `openai:chat:${settings.name}`, config: { apiKeyEnvar: 'AIRWORTHY_KEY' } },
    files: {},
  }
}

/** Nothing but roles and the question: Nunjucks has other blocks, and nothing of partials, pictures and earlier turns. */
const isPlain = (body: string): boolean => !/\{\{(?!\s*(?:role\s+"\w+"|question)\s*\}\})/.test(body)

/** promptfoo fills variables within the texts of a list of messages. */
function messagesOf(body: string): { role: string; content: string }[] {
  const [before = '', ...parts] = body.split(/\{\{\s*role\s+"(\w+)"\s*\}\}/)
  const said = before.trim() === '' ? [] : [{ role: 'user', content: before.trim() }]
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [role, content = ''] = [parts[at] === 'model' ? 'assistant' : (parts[at] ?? 'user'), parts[at + 1]]
    if (content.trim() !== '') said.push({ role, content: content.trim() })
  }
  return said
}

/** JSON is YAML; one field a line so that a person can go on with it. */
const yaml = (value: Readonly<Record<string, unknown>>): string =>
  `${Object.entries(value)
    .map(([key, one]) => `${key}: ${JSON.stringify(one)}`)
    .join('\n')}\n`
