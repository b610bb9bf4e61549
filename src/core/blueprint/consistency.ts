/** Do the parts of a blueprint name each other rightly: prompts, models, datasets, placeholders, documents. */
import type { Problem } from '../../kernel/failure.ts'
import type { Suite } from '../dataset.ts'
import { modelNamesOf } from '../fallbacks.ts'
import type { Step } from '../flow.ts'
import { promptsAsked } from '../prompt-alone.ts'
import { askedModelProblems, suiteModelProblems } from './asked-models.ts'
import type { ParsedDataset, ParsedKnowledge, ParsedPrompt, ParsedTool } from './blueprint.ts'
import { cacheProblems } from './cache-problems.ts'
import { missing } from './missing.ts'
import { placeholdersWith } from './partials.ts'
import { placeOf } from './place-of-flow.ts'
import { EXAMPLE_FIELDS, namesExamples } from './prompt-examples.ts'
import type { Settings } from './schema.ts'
import { toolProblems } from './tool-problems.ts'

/** What a flow offers to a prompt. */
export const PROMPT_VARIABLES = ['question', 'history', 'passages', 'conversation'] as const

type Parts = {
  settings: Settings
  flow: { name: string; steps: readonly Step[] }
  baseline: { name: string; steps: readonly Step[] } | null
  prompts: readonly ParsedPrompt[]
  tools: readonly ParsedTool[]
  datasets: readonly ParsedDataset[]
  suites: readonly Suite[]
  knowledge: readonly ParsedKnowledge[]
}

export function consistencyProblems(parts: Parts): Problem[] {
  const flows = [parts.flow, ...(parts.baseline ? [parts.baseline] : [])]
  return [
    ...flows.flatMap((flow) => flowProblems(flow, parts)),
    ...parts.prompts.flatMap(promptProblems),
    ...toolProblems(parts),
    ...adapterProblems(parts),
    ...parts.datasets
      .filter(({ name }, at) => parts.datasets.findIndex((one) => one.name === name) !== at)
      .map(({ name }) => ({
        file: `datasets/${name}.yaml`,
        field: 'dataset',
        message: `there is a datasets/${name}.jsonl as well`,
        remedy: 'Keep one of the two.',
      })),
    ...parts.suites.flatMap((suite) => [
      ...suiteModelProblems(suite, parts.flow),
      ...suitePromptProblems(suite, parts),
    ]),
    ...cacheProblems(parts),
    ...parts.suites
      .filter(({ dataset }) => !parts.datasets.some(({ name }) => name === dataset))
      .map((suite) =>
        missing({
          file: `evals/${suite.name}.yaml`,
          field: 'dataset',
          what: 'dataset',
          name: suite.dataset,
          have: parts.datasets,
          put: `datasets/${suite.dataset}.jsonl`,
        }),
      ),
  ]
}

/** What an adapter learned from is there to be read. */
const adapterProblems = ({ settings, datasets }: Parts): Problem[] =>
  Object.entries(settings.models).flatMap(([model, { adapter }]) =>
    (adapter?.data ?? []).flatMap((name, at) =>
      typeof name !== 'string' || datasets.some((one) => one.name === name)
        ? []
        : [
            missing({
              file: 'airworthy.yaml',
              field: `models.${model}.adapter.data.${at}`,
              what: 'dataset',
              name,
              have: datasets,
              put: `datasets/${name}.yaml`,
            }),
          ],
    ),
  )

function flowProblems(flow: { name: string; steps: readonly Step[] }, parts: Parts): Problem[] {
  const { file, list } = placeOf(flow, parts.settings)
  const problems: Problem[] = []
  const ids = flow.steps.map(({ id }) => id)
  for (const id of ids.filter((one, i) => ids.indexOf(one) !== i))
    problems.push({
      file,
      field: list,
      message: `two steps have the id ${id}`,
      remedy: 'Give each step its own id.',
    })
  for (const [index, step] of flow.steps.entries()) {
    const field = `${list}.${index}`
    if (step.use === 'generate') {
      if (!parts.prompts.some(({ name }) => name === step.prompt))
        problems.push(
          missing({
            file,
            field: `${field}.prompt`,
            what: 'prompt',
            name: step.prompt,
            have: parts.prompts,
            put: `prompts/${step.prompt}.prompt`,
          }),
        )
      problems.push(...askedModelProblems(step, { file, field, models: Object.keys(parts.settings.models) }))
      if (step.firstWordMs !== undefined && modelNamesOf(step).length === 1)
        problems.push({
          file,
          field: `${field}.firstWordMs`,
          message: 'nobody is asked when the model is silent',
          remedy: 'Name who answers then under `fallbacks`, or remove `firstWordMs`.',
        })
    }
    if (step.use === 'retrieve' && parts.knowledge.length === 0)
      problems.push({
        file,
        field,
        message: 'a step retrieves and there is no document',
        remedy: 'Put documents into knowledge/, or remove the step.',
      })
    if (step.use === 'abstain' && !flow.steps.slice(0, index).some(({ use }) => use === 'retrieve'))
      problems.push({
        file,
        field,
        message: 'abstaining needs passages, and no step before it retrieves',
        remedy: 'Put a retrieve step before it.',
      })
    if (step.use === 'call-target' && !parts.settings.target)
      problems.push({
        file,
        field,
        message: 'a step calls the target and airworthy.yaml names none',
        remedy: 'Add `target: {kind: openai, url: …}`.',
      })
  }
  return problems
}

/** A suite tests a prompt that the flow asks, and says nothing else of its kind. */
function suitePromptProblems({ name, prompt, kind }: Suite, { flow }: Parts): Problem[] {
  if (prompt === undefined) return []
  const file = `evals/${name}.yaml`
  const asked = promptsAsked(flow)
  return [
    ...(asked.includes(prompt)
      ? []
      : [
          {
            file,
            field: 'prompt',
            message: `no step of the flow asks the prompt ${prompt}`,
            remedy: asked.length > 0 ? `Choose one of ${asked.join(', ')}.` : 'Leave `prompt` away.',
          },
        ]),
    ...(kind === undefined || kind === 'prompt'
      ? []
      : [
          {
            file,
            field: 'kind',
            message: `the suite tests the prompt ${prompt} alone, and says that it tests the ${kind}`,
            remedy: 'Write `kind: prompt`, or leave one of both away.',
          },
        ]),
  ]
}

/** A placeholder must be offered by the flow or have a default in the prompt's own input. */
function promptProblems(prompt: ParsedPrompt): Problem[] {
  const { name, frontMatter } = prompt
  const input = (frontMatter.input ?? {}) as { default?: Record<string, unknown> }
  const offered = new Set<string>([
    ...PROMPT_VARIABLES,
    ...Object.keys(input.default ?? {}),
    ...(namesExamples(prompt) ? ['examples', ...EXAMPLE_FIELDS] : []),
    'n',
    'title',
    'text',
    'source',
    'id',
    'role',
    'content',
  ])
  return placeholdersWith(prompt)
    .filter((placeholder) => !offered.has(placeholder))
    .map((placeholder) => ({
      file: `prompts/${name}.prompt`,
      field: placeholder,
      message: `nothing fills the placeholder {{${placeholder}}}`,
      remedy: `Use one of ${PROMPT_VARIABLES.join(', ')}, or give it a default under input.default.`,
    }))
}
