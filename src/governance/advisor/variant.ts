/**
 * The paired experiment of a rule as a blueprint: the application as it is beside the one change that the rule speaks
 * of, in one release with two flows, so that both answer the same cases. Pure.
 */
import type { Blueprint } from '../../core/blueprint/blueprint.ts'
import { editYaml } from '../../core/blueprint/edit-yaml.ts'
import { type BlueprintFiles, textOf } from '../../core/blueprint/files.ts'
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import type { Step } from '../../core/flow.ts'
import { Failure } from '../../kernel/failure.ts'
import type { VariantKind } from './pack.ts'

const CONTROL = 'advice-control'
const CANDIDATE = 'advice-candidate'

export type VariantAsk = {
  readonly files: BlueprintFiles
  readonly blueprint: Blueprint
  readonly kind: VariantKind
  readonly rule: string
  /** The model of the candidate, `provider/model`, for a comparison of models. */
  readonly model?: string | undefined
}

type Change = {
  control: readonly Step[]
  candidate: readonly Step[]
  models?: Record<string, { model: string; parameters?: Record<string, unknown> }>
  prompts?: Record<string, string>
}

/** The files of an application in which candidate and control answer the same cases. */
export function variantFiles(ask: VariantAsk): BlueprintFiles {
  const { files, blueprint, rule } = ask
  const { control, candidate, models = {}, prompts = {} } = changeOf(ask)
  const text = textOf(files['airworthy.yaml'] ?? '')
  const raw = readYaml({ path: 'airworthy.yaml', text, schema: undefined, problems: [] }) ?? {}
  // Names, people, caps and gates are the application's own.
  const { name: _, duties: __, builders: ___, limits: ____, gates: _____, rollouts: ______, ...kept } = raw
  const settings = {
    ...kept,
    description: `${rule} of the advisor, tried on ${blueprint.settings.name}. Candidate and control answer the same cases.`,
    flow: CANDIDATE,
    baseline: CONTROL,
    models: { ...(raw.models as object | undefined), ...models },
  }
  return {
    ...files,
    ...prompts,
    'airworthy.yaml': editYaml(text, settings),
    [`flows/${CONTROL}.yaml`]: editYaml(undefined, { steps: control }),
    [`flows/${CANDIDATE}.yaml`]: editYaml(undefined, { steps: candidate }),
  }
}

function changeOf(ask: VariantAsk): Change {
  const { blueprint, kind } = ask
  const steps = blueprint.flow.steps
  if (kind === 'without-model') return withoutModel(blueprint)
  if (kind === 'with-passages')
    return { control: steps.filter(needsNoPassages), candidate: withRetrieval(ask, PASSAGES) }
  if (kind === 'more-passages') return { control: steps, candidate: withRetrieval(ask, 3 * PASSAGES) }
  if (kind === 'whole-corpus') return { control: steps, candidate: withRetrieval(ask, MOST_PASSAGES) }
  if (kind === 'another-model') return anotherModel(ask)
  return otherPrompt(ask)
}

const PASSAGES = 4
const MOST_PASSAGES = 100

const needsNoPassages = ({ use }: Step): boolean => use !== 'retrieve' && use !== 'abstain'

function withRetrieval({ blueprint: { flow, knowledge }, rule }: VariantAsk, k: number): Step[] {
  if (knowledge.length === 0)
    throw cannot(rule, 'it has no documents to search', 'Put documents into knowledge/ and try again.')
  const passages: Step = { id: 'advice-passages', use: 'retrieve', query: 'last-user-turn', k }
  return [passages, ...flow.steps.filter(({ use }) => use !== 'retrieve')]
}

/** The plain method that the blueprint names as its baseline, else a reader that is no language model. */
function withoutModel({ flow, baseline, knowledge, settings }: Blueprint): Change {
  if (baseline) return { control: baseline.steps, candidate: flow.steps }
  const prompt = flow.steps.find((step) => step.use === 'generate')?.prompt
  if (prompt === undefined || knowledge.length === 0)
    throw cannot(
      settings.name,
      'it names no baseline',
      'Write the plain method as a flow and name it under `baseline`.',
    )
  const passages: Step = { id: 'advice-passages', use: 'retrieve', query: 'last-user-turn', k: PASSAGES }
  return {
    control: [passages, { id: 'advice-plain', use: 'generate', prompt, model: 'advice-plain' }],
    candidate: flow.steps,
    models: { 'advice-plain': { model: 'local/first-sentence' } },
  }
}

function anotherModel({ blueprint: { flow }, model, rule }: VariantAsk): Change {
  if (model === undefined)
    throw cannot(
      rule,
      'it compares two models and only one is known',
      'Say which other one: `model`, as provider/model.',
    )
  return {
    control: flow.steps,
    candidate: flow.steps.map((step) => (step.use === 'generate' ? { ...step, model: CANDIDATE } : step)),
    models: { [CANDIDATE]: { model } },
  }
}

const WORDS: Readonly<Record<string, string>> = {
  'step-by-step': 'Think step by step. Then give the answer alone on the last line.',
  'self-check': 'Check your answer before you give it, and correct it where it is wrong.',
}

function otherPrompt({ files, blueprint, kind, rule }: VariantAsk): Change {
  const step = blueprint.flow.steps.find((one) => one.use === 'generate')
  const path = step?.use === 'generate' ? `prompts/${step.prompt}.prompt` : ''
  const text = files[path]
  if (!step || text === undefined)
    throw cannot(
      rule,
      'its flow asks no prompt of its own',
      'Change the prompt of the target itself and freeze it again.',
    )
  const words = WORDS[kind] ?? fewShots(blueprint, rule)
  return {
    control: blueprint.flow.steps,
    candidate: blueprint.flow.steps.map((one) => (one.use === 'generate' ? { ...one, prompt: CANDIDATE } : one)),
    prompts: { [`prompts/${CANDIDATE}.prompt`]: `${textOf(text).trimEnd()}\n\n${words}\n` },
  }
}

/** Examples from the part of the cases that may be looked at; those of the exam stay unseen. */
function fewShots({ datasets }: Blueprint, rule: string): string {
  const shots = datasets
    .flatMap(({ rows }) => rows)
    .filter(
      ({ split, expected, input }) => split === 'build' && typeof expected === 'string' && typeof input === 'string',
    )
    .filter((row) => !JSON.stringify(row).includes('{{'))
    .slice(0, 3)
  if (shots.length === 0)
    throw cannot(rule, 'no case of the split build has an answer', 'Mark three cases with `"split": "build"`.')
  return `Examples:\n${shots.map(({ input, expected }) => `Question: ${String(input)}\nAnswer: ${String(expected)}`).join('\n')}`
}

const cannot = (rule: string, why: string, remedy: string): Failure =>
  new Failure(
    'conflict',
    'governance.experiment-impossible',
    `${rule} cannot be tried on this blueprint: ${why}. ${remedy}`,
  )
