/**
 * What decides answers and is not frozen, said openly: what is run by others, what can move behind its name, and what
 * this version does not do although a file names it. Pure.
 */
import type { AdapterPart } from '../core/adapter.ts'
import type { Blueprint, ParsedPrompt } from '../core/blueprint/blueprint.ts'
import { liveIndexPart } from '../core/live-index.ts'
import type { Manifest } from '../core/manifest.ts'

type Outside = Manifest['outside'][number]

export function outsideOf(
  {
    settings: { target, guardrails, liveIndexes = [] },
    prompts,
    documents,
  }: Pick<Blueprint, 'settings' | 'prompts' | 'documents'>,
  { models, tools = [], index, evaluators }: Pick<Manifest, 'models' | 'tools' | 'index' | 'evaluators'>,
): Outside[] {
  return [
    {
      what: 'Documents, duties, limits and gates',
      why: 'People answer for them; evidence depends on their digests, the release does not.',
    },
    ...models.flatMap(({ name, mutable }) => (mutable === null ? [] : [{ what: `Model ${name}`, why: mutable }])),
    ...tools.map(({ name, mutable }) => ({ what: `What the tool ${name} does`, why: mutable })),
    ...liveIndexes.map((one) => ({ what: `Live index ${one.name}`, why: liveIndexPart(one).mutable })),
    ...(index?.embedding === undefined
      ? []
      : [
          {
            what: `Vectors of ${index.embedding}`,
            why: 'The documents brought them along; this version searches by words and keeps none.',
          },
        ]),
    ...evaluators.flatMap(({ id, judge }) =>
      judge?.mutable ? [{ what: `Judge ${judge.model} of ${id}`, why: judge.mutable }] : [],
    ),
    ...(target
      ? [
          {
            what: `Target ${target.url}`,
            why: 'It is run by others and can change behind its address, with its tools, its memory and its guards.',
          },
        ]
      : []),
    ...prompts.flatMap(unsent),
    {
      what: 'Memory',
      why: target
        ? 'None is kept here; what the target remembers is its own.'
        : 'None is kept: the client sends the conversation whole.',
    },
    {
      what: guardrails ? 'Policies' : 'Guards and policies',
      why: `${documents.oversight ? 'Which answers wait for a person stands in oversight.yaml' : guardrails ? 'Its guardrails are parts of it' : 'No guard acts on its answers'}; a decision names the gates that it was made under.`,
    },
    ...models.flatMap(({ name, adapter }) => (adapter ? adapterOutside(name, adapter) : [])),
    ...(models.some(({ adapter }) => adapter)
      ? []
      : [
          {
            what: 'Adapters',
            why: 'No model names one; what a provider has tuned under a name of its own is its own.',
          },
        ]),
  ]
}

/** What is only said of an adapter, and what nobody says. */
const adapterOutside = (model: string, { name, id, data }: AdapterPart): Outside[] => [
  {
    what: `Weights of the adapter ${name} of ${model}`,
    why:
      id === null
        ? 'Whoever serves the model has them; the digest is what the blueprint says.'
        : `Their provider has them, as ${id}.`,
  },
  ...(data.length === 0
    ? [{ what: `What the adapter ${name} of ${model} was tuned on`, why: 'The blueprint does not say it.' }]
    : []),
]

/** Front matter that a flow does not act on, with what acts instead. */
const UNSENT: Readonly<Record<string, string>> = {
  toolDefs: 'tools are files of tools/, and a prompt names them',
  model: 'the step of the flow names the model',
  config: 'the model of the flow has its parameters',
}

function unsent({ name, frontMatter }: ParsedPrompt): Outside[] {
  const named = Object.keys(UNSENT).filter((field) => Object.hasOwn(frontMatter, field))
  if (named.length === 0) return []
  const reasons = [...new Set(named.map((field) => UNSENT[field]))]
  return [
    { what: `${named.join(', ')} of the prompt ${name}`, why: `It is kept and not acted on: ${reasons.join('; ')}.` },
  ]
}
