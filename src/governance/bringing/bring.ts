/**
 * From what exists to a blueprint: a promptfoo project is converted, prompts and cases are read by their importers, and
 * what answers today becomes the target. Nothing is dropped silently, and nothing is claimed that was not brought.
 *
 * Invariant: the files that come out are a whole blueprint that can be frozen.
 */
import { editYaml } from '../../core/blueprint/edit-yaml.ts'
import { type BlueprintFiles, textOf } from '../../core/blueprint/files.ts'
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import type { Brought, Existing } from './existing.ts'
import { promptName, textPrompt, variableOf } from './prompt-texts.ts'
import { fromSheets, type NamedTable } from './sheets.ts'
import { stationsOf } from './stations.ts'

type Unsupported = Brought['unsupported']
type Texts = Record<string, string>
type Value = Record<string, unknown>

/** What other slices know how to read. */
export type Importers = {
  /** Throws where there is no configuration of promptfoo among the files. */
  readonly promptfoo: (files: Readonly<Texts>) => { files: Texts; unsupported: Unsupported }
  /** Messages as JSON in the form of a provider, as the text of a `.prompt` file. */
  readonly messages: (content: string) => Promise<{ content: string; losses: readonly { what: string; why: string }[] }>
  /** Throws with the line of each row that is none. */
  readonly cases: (ask: { file: string; content: string }) => Promise<{
    /** Text of a `.jsonl` file. */
    rows: string
    count: number
    /** Rows with a reference answer. */
    expected: number
    notes: readonly string[]
  }>
  /** Every sheet of a workbook; throws where it cannot be read. */
  readonly tables: (ask: { file: string; content: string }) => Promise<readonly NamedTable[]>
  /** What a register of risks begins with. */
  readonly risks: readonly unknown[]
  /** The template `bring-your-own`. */
  readonly template: BlueprintFiles
}

export async function bring(existing: Existing, importers: Importers): Promise<Brought> {
  const unsupported: Unsupported = []
  const converted = Object.keys(existing.promptfoo).length > 0 ? importers.promptfoo(existing.promptfoo) : undefined
  unsupported.push(...(converted?.unsupported ?? []))
  const { 'airworthy.yaml': theirs, ...texts } = converted?.files ?? {}
  const settings = theirs === undefined ? {} : read('airworthy.yaml', theirs)
  const prompts = { ...promptsAmong(texts), ...(await readPrompts(existing.prompts, importers, unsupported)) }
  const tables: NamedTable[] = []
  for (const sheet of existing.sheets) tables.push(...(await importers.tables(sheet)))
  const sheets = fromSheets(tables, importers.risks)
  unsupported.push(...sheets.unsupported)
  const given = [
    ...(existing.cases ? [existing.cases] : []),
    ...sheets.cases.map(({ name, csv }) => ({ file: name, content: csv })),
  ]
  const cases = given[0] && (await importers.cases(given[0]))
  for (const what of cases?.notes ?? []) unsupported.push({ where: given[0]?.file ?? 'cases', what })
  for (const { file } of given.slice(1))
    unsupported.push({
      where: file,
      what: `questions came in from ${given[0]?.file}; add these with \`airworthy datasets import\``,
    })
  const model = existing.model ?? modelIn(settings)
  const files = {
    ...texts,
    ...prompts,
    ...sheets.papers,
    ...flowFiles({ existing, settings, prompts, model, template: importers.template }),
    ...(cases && {
      'datasets/questions.jsonl': cases.rows,
      'evals/questions.yaml': suiteFor(cases.expected),
    }),
  }
  const stations = stationsOf(files)
  return {
    files: Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))),
    unsupported,
    stage: 'sandbox',
    says: `It begins in the sandbox, wherever it runs today: ${stations.filter(({ isThere }) => isThere).length} of the ${stations.length} things are there that the gate into the proof of concept reads.`,
    stations,
  }
}

const promptsAmong = (texts: Readonly<Texts>): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([path]) => path.startsWith('prompts/')))

async function readPrompts(
  given: Existing['prompts'],
  { messages }: Importers,
  unsupported: Unsupported,
): Promise<Texts> {
  const files: Texts = {}
  for (const [path, text] of Object.entries(given)) {
    const isMessages = /\.json$/.test(path) || /^\s*[[{]\s*("|\{)/.test(text)
    const whole = path.endsWith('.prompt') ? text : undefined
    let content = whole ?? textPrompt(text)
    if (!whole && isMessages) {
      const read = await messages(/^\s*\[/.test(text) ? `{"messages":${text}}` : text)
      content = read.content
      for (const { what, why } of read.losses) unsupported.push({ where: path, what: `${what}: ${why}` })
    }
    const { text: fitting, others } = variableOf(content)
    if (others.length > 0)
      unsupported.push({
        where: path,
        what: `it fills ${others.join(', ')}, and a flow fills {{question}} alone; write the others into the text`,
      })
    files[promptName(path, files)] = fitting
  }
  return files
}

/** `airworthy.yaml` with what answers, over the template's own comments; and the flow that calls a target. */
function flowFiles({
  existing,
  settings,
  prompts,
  model,
  template,
}: {
  existing: Existing
  settings: Value
  prompts: Readonly<Texts>
  model: Value | undefined | string
  template: BlueprintFiles
}): Texts {
  const own = textOf(template['airworthy.yaml'] ?? '')
  const { models: _models, flow: _flow, ...before } = read('airworthy.yaml', own)
  const target = existing.target ?? (settings.target as Value | undefined)
  const description = existing.description || settings.description || before.description
  const asked = answersBy(prompts)
  const kept = Object.fromEntries(
    Object.entries(template).flatMap(([path, file]) =>
      path === 'airworthy.yaml' || path.startsWith('prompts/') ? [] : [[path, textOf(file)]],
    ),
  )
  if (target)
    return {
      ...kept,
      'airworthy.yaml': editYaml(own, { ...before, description, target: withoutEmpty(target), flow: 'target' }),
      'flows/target.yaml': 'steps:\n  - id: call\n    use: call-target\n',
    }
  const answer = typeof model === 'string' ? { model } : model
  const placeholder = answer === undefined || asked === undefined
  const prompt = asked ?? 'question'
  return {
    ...kept,
    ...(asked === undefined && { 'prompts/question.prompt': textOf(template['prompts/question.prompt'] ?? '') }),
    'airworthy.yaml': editYaml(own, {
      ...before,
      description,
      models: { answer: placeholder ? { model: 'scripted/echo' } : answer },
      flow: 'answer',
    }),
    'flows/answer.yaml': `steps:\n  - id: answer\n    use: generate\n    prompt: ${prompt}\n    model: answer\n`,
  }
}

/** The prompt that answers: the one called so, else the first that fills the question. */
function answersBy(prompts: Readonly<Texts>): string | undefined {
  const names = Object.entries(prompts).flatMap(([path, text]) =>
    text.includes('{{question}}') ? [path.slice('prompts/'.length, -'.prompt'.length)] : [],
  )
  return names.find((name) => name === 'answer') ?? names[0]
}

/** The model of a converted project. */
const modelIn = (settings: Value): Value | undefined => (settings.models as Record<string, Value> | undefined)?.answer

/** Scores that need a reference answer only where there are some. */
const suiteFor = (expected: number): string =>
  `description: The cases that were brought along\ndataset: questions\nevaluators: [${expected > 0 ? 'token-f1, ' : ''}latency-ms, cost-micro-usd]\n${expected > 0 ? 'primary: token-f1\n' : ''}`

const read = (path: string, text: string): Value => readYaml({ path, text, schema: undefined, problems: [] }) ?? {}

const withoutEmpty = (value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== ''))
