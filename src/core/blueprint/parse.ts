/**
 * Parses the files of a blueprint at the door. All mistakes of all files are reported at once, each
 * with file, line, field and remedy; either everything is well formed or nothing is taken.
 */
import type { z } from 'zod'
import { digestOf, digestOfBytes } from '../../kernel/digest.ts'
import type { Problem } from '../../kernel/failure.ts'
import { unfitCharacter } from '../../kernel/unfit.ts'
import type { Document } from '../application.ts'
import { DatasetReference, type Suite } from '../dataset.ts'
import type { Step } from '../flow.ts'
import { ToolFile, ToolName } from '../tool.ts'
import type { Blueprint, ParsedDataset, ParsedKnowledge, ParsedPrompt, ParsedTool } from './blueprint.ts'
import { consistencyProblems } from './consistency.ts'
import { parseExamples } from './examples.ts'
import { type BlueprintFile, type BlueprintFiles, bytesOf, textOf } from './files.ts'
import { joinPartials } from './partials.ts'
import { joinExamples } from './prompt-examples.ts'
import { parsePromptFile } from './prompt-file.ts'
import { DOCUMENTS, FlowFile, Settings, SuiteFile } from './schema.ts'
import { readYaml, withLines } from './yaml-file.ts'

export type ParsedBlueprint = { kind: 'parsed'; blueprint: Blueprint } | { kind: 'problems'; problems: Problem[] }

const SETTINGS = 'airworthy.yaml'

export type ToParse = {
  readonly files: BlueprintFiles
  /** The application's name, used when `airworthy.yaml` does not say it. */
  readonly name: string
  /** What documents must look like, by name; their values are taken as they are written. */
  readonly documentSchemas?: Readonly<Record<string, z.ZodType>> | undefined
}

export function parseBlueprint({ files, name, documentSchemas = {} }: ToParse): ParsedBlueprint {
  const problems: Problem[] = []
  const unfit = Object.entries(files).flatMap(unfitFile)
  // What holds such characters cannot be read on; what else is wrong in it is told when they are gone.
  if (unfit.length > 0) return { kind: 'problems', problems: unfit }
  const settings = readSettings(files, problems)
  const parts = {
    prompts: [] as ParsedPrompt[],
    tools: [] as ParsedTool[],
    datasets: [] as ParsedDataset[],
    suites: [] as Suite[],
    knowledge: [] as ParsedKnowledge[],
    flows: new Map<string, Step[]>(),
    documents: {} as Record<string, Document>,
  }
  for (const [path, file] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kind = kindOf(path)
    if (kind === 'prompt') parts.prompts.push(...parsePromptFile({ path, text: textOf(file), problems }))
    else if (kind === 'tool') parts.tools.push(...readTool({ path, text: textOf(file), problems }))
    else if (kind === 'dataset')
      parts.datasets.push({ name: stem(path), rows: parseExamples({ path, text: textOf(file), problems }) })
    else if (kind === 'dataset-reference') {
      const reference = readYaml({ path, text: textOf(file), schema: DatasetReference, problems })
      if (reference) parts.datasets.push({ name: stem(path), rows: [], reference })
    } else if (kind === 'flow') {
      const flow = readYaml({ path, text: textOf(file), schema: FlowFile, problems })
      if (flow) parts.flows.set(stem(path), flow.steps)
    } else if (kind === 'suite') parts.suites.push(...readSuite({ path, text: textOf(file), problems }))
    else if (kind === 'knowledge') parts.knowledge.push({ path, bytes: bytesOf(file) })
    else if (kind === 'document') {
      const text = textOf(file)
      const value = readYaml({ path, text, schema: undefined, problems })
      const schema = documentSchemas[stem(path)]
      if (value !== undefined && schema) readYaml({ path, text, schema, problems })
      if (value !== undefined) parts.documents[stem(path)] = { digest: digestOf(value), value }
    } else if (kind === 'strange')
      problems.push({
        file: path,
        field: path,
        message: 'this file belongs to no part of a blueprint',
        remedy: `Put it under prompts/, tools/, flows/, knowledge/, datasets/ or evals/, or remove it.`,
      })
  }
  parts.prompts = joinExamples(joinPartials(parts.prompts, problems), parts.datasets, problems)
  if (!settings) return { kind: 'problems', problems: withLines(files, problems) }

  const { flow, baseline } = chooseFlows({ settings, flows: parts.flows, knowledge: parts.knowledge, problems })
  problems.push(...consistencyProblems({ settings, flow, baseline, ...parts }))
  if (problems.length > 0) return { kind: 'problems', problems: withLines(files, problems) }

  const documents = { ...parts.documents, ...settingsDocuments(settings) }
  const named = { ...settings, name: settings.name ?? name }
  const blueprint = {
    settings: named,
    prompts: parts.prompts,
    tools: parts.tools,
    flow,
    baseline,
    knowledge: parts.knowledge,
    datasets: parts.datasets,
    suites: parts.suites,
    documents,
  }
  return { kind: 'parsed', blueprint: { ...blueprint, digest: blueprintDigest(blueprint) } }
}

type FileKind =
  | 'settings'
  | 'prompt'
  | 'tool'
  | 'flow'
  | 'knowledge'
  | 'dataset'
  | 'dataset-reference'
  | 'suite'
  | 'document'
  | 'ignored'
  | 'strange'

function kindOf(path: string): FileKind {
  if (path === SETTINGS) return 'settings'
  if (/^prompts\/[^/]+\.prompt$/.test(path)) return 'prompt'
  if (/^tools\/[^/]+\.ya?ml$/.test(path)) return 'tool'
  if (/^datasets\/[^/]+\.ya?ml$/.test(path)) return 'dataset-reference'
  if (/^flows\/[^/]+\.ya?ml$/.test(path)) return 'flow'
  if (path.startsWith('knowledge/')) return 'knowledge'
  if (/^datasets\/[^/]+\.jsonl$/.test(path)) return 'dataset'
  if (/^evals\/[^/]+\.ya?ml$/.test(path)) return 'suite'
  if (DOCUMENTS.some((document) => path === `${document}.yaml`)) return 'document'
  if (
    /^(README|LICENSE|CHANGELOG|NOTICE)(\.[a-z]+)?$/i.test(path) ||
    path.split('/').some((part) => part.startsWith('.'))
  )
    return 'ignored'
  return 'strange'
}

/** A file that is read as text and holds what no text may. */
function unfitFile([path, file]: [string, BlueprintFile]): Problem[] {
  if (['knowledge', 'ignored', 'strange'].includes(kindOf(path))) return []
  const text = textOf(file)
  const found = unfitCharacter(text)
  if (!found) return []
  const line = text.split('\n').findIndex((one) => unfitCharacter(one) !== undefined) + 1
  return [{ file: path, line, field: 'file', ...found }]
}

const stem = (path: string): string => path.replace(/^.*\//, '').replace(/\.[^.]+$/, '')

function readSettings(files: BlueprintFiles, problems: Problem[]): Settings | undefined {
  const file = files[SETTINGS]
  if (file !== undefined) return readYaml({ path: SETTINGS, text: textOf(file), schema: Settings, problems })
  problems.push({
    file: SETTINGS,
    field: SETTINGS,
    message: 'the blueprint has no airworthy.yaml',
    remedy: 'Add one; `airworthy init` writes an example.',
  })
  return undefined
}

function readTool({ path, text, problems }: { path: string; text: string; problems: Problem[] }): ParsedTool[] {
  const name = ToolName.safeParse(stem(path))
  if (!name.success)
    problems.push({
      file: path,
      line: 1,
      field: 'name',
      message: name.error.issues[0]?.message ?? 'it cannot be the name of a tool',
      remedy: 'Rename the file.',
    })
  const tool = readYaml({ path, text, schema: ToolFile, problems })
  return tool && name.success ? [{ name: name.data, ...tool }] : []
}

function readSuite({ path, text, problems }: { path: string; text: string; problems: Problem[] }): Suite[] {
  const file = readYaml({ path, text, schema: SuiteFile, problems })
  if (!file) return []
  const evaluators = file.evaluators.map((evaluator) =>
    typeof evaluator === 'string' ? { use: evaluator, options: {} } : evaluator,
  )
  const primary = file.primary ?? evaluators[0]?.use ?? ''
  if (!evaluators.some(({ use }) => use === primary))
    problems.push({
      file: path,
      field: 'primary',
      message: `${primary} is none of the suite's evaluators`,
      remedy: `Choose one of ${evaluators.map(({ use }) => use).join(', ')}.`,
    })
  const { description, ...rest } = file
  const kind = file.kind ?? (file.prompt === undefined ? undefined : ('prompt' as const))
  const said = { ...(kind && { kind }), ...(description !== undefined && { description }) }
  return [{ ...rest, name: stem(path), evaluators, primary, ...said }]
}

/**
 * What runs when `airworthy.yaml` does not say: the target, else answering from the documents, else the prompt alone.
 * The model is the one called `answer`, else the first by name: the order of keys decides nothing.
 */
function defaultFlow(settings: Settings, knowledge: readonly ParsedKnowledge[]): Step[] {
  if (settings.target) return [{ id: 'call', use: 'call-target' }]
  const names = Object.keys(settings.models).sort()
  const model = names.includes('answer') ? 'answer' : (names[0] ?? 'answer')
  const generate: Step = { id: 'answer', use: 'generate', prompt: 'answer', model }
  return knowledge.length > 0
    ? [{ id: 'passages', use: 'retrieve', query: 'last-user-turn', k: 4 }, generate]
    : [generate]
}

function chooseFlows({
  settings,
  flows,
  knowledge,
  problems,
}: {
  settings: Settings
  flows: Map<string, Step[]>
  knowledge: readonly ParsedKnowledge[]
  problems: Problem[]
}) {
  const choose = (use: Settings['flow'], field: string): { name: string; steps: Step[] } | undefined => {
    if (use === undefined) return undefined
    if (typeof use !== 'string') return { name: field, steps: use }
    const steps = flows.get(use)
    if (!steps)
      problems.push({
        file: SETTINGS,
        field,
        message: `there is no flow ${use}`,
        remedy: `Add flows/${use}.yaml${flows.size > 0 ? `, or choose one of ${[...flows.keys()].join(', ')}` : ''}.`,
      })
    return steps && { name: use, steps }
  }
  const flow = choose(settings.flow, 'flow') ?? {
    name: 'default',
    steps: flows.get('main') ?? defaultFlow(settings, knowledge),
  }
  return { flow, baseline: choose(settings.baseline, 'baseline') ?? null }
}

/** The parts of `airworthy.yaml` that people answer for; evidence about them goes stale when they change. */
function settingsDocuments(settings: Settings): Record<string, Document> {
  const { duties, builders, profile, limits, gates, privacy, disclosure, access, rollouts } = settings
  const isPlanned = Object.keys(rollouts).length > 0
  const values = {
    duties,
    builders,
    profile,
    limits,
    gates,
    ...(privacy && { privacy }),
    ...(disclosure && { disclosure }),
    ...(access && { access }),
    ...(isPlanned && { rollouts }),
  }
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { digest: digestOf(value), value }]))
}

/** A blueprint without tools has the digest that it had before there were any. */
const blueprintDigest = ({ tools, ...blueprint }: Omit<Blueprint, 'digest'>) =>
  digestOf({
    ...blueprint,
    ...(tools.length > 0 && { tools }),
    knowledge: blueprint.knowledge.map(({ path, bytes }) => ({ path, digest: digestOfBytes(bytes) })),
    datasets: blueprint.datasets.map(({ name, rows, reference }) => ({
      name,
      rows: rows.map(digestOf),
      ...(reference && { reference }),
    })),
    documents: Object.fromEntries(Object.entries(blueprint.documents).map(([name, { digest }]) => [name, digest])),
  })
