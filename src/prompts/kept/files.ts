/** The files of an application that is kept from a session. Pure; the same session gives the same files. */
import type { BlueprintFiles } from '../../core/blueprint/files.ts'
import { withoutReference } from '../../core/blueprint/prompt-examples.ts'
import { promptText } from '../../core/blueprint/prompt-text.ts'
import { yamlText } from '../../core/blueprint/yaml-text.ts'
import type { Manifest } from '../../core/manifest.ts'
import type { KeptCase, KeptFrom } from './contract.ts'

/** A model alone with what it is told: a prompt of one system turn. */
export function filesOfModel({ model, parameters, system }: Extract<KeptFrom, { kind: 'model' }>): BlueprintFiles {
  const body = `${system.trim() === '' ? '' : `{{role "system"}}\n${literal(system.trim())}\n`}{{role "user"}}\n{{question}}`
  return {
    'airworthy.yaml': yamlText({
      description: 'Kept from a session of the playground.',
      models: { answer: { model, ...(Object.keys(parameters).length > 0 && { parameters }) } },
      flow: [{ id: 'answer', use: 'generate', prompt: 'answer', model: 'answer' }],
    }),
    'prompts/answer.prompt': promptText({ frontMatter: { input: { schema: { question: 'string' } } }, body }),
  }
}

/** A release as it was frozen; its documents are those of the blueprint that it came from, as they stand. */
export function filesOfRelease(manifest: Manifest, source: BlueprintFiles): { files: BlueprintFiles; notes: string[] } {
  const { target, index, baseline } = manifest
  const models = manifest.models.map(({ name, model, parameters }) => [
    name,
    { model, ...(Object.keys(parameters).length > 0 && { parameters }) },
  ])
  const settings = {
    description: `Kept from a session with ${manifest.application}.`,
    models: Object.fromEntries(models),
    flow: manifest.flow.steps,
    ...(baseline && { baseline: baseline.steps }),
    ...(index && { knowledge: { analyser: index.analyser, k1: index.k1, b: index.b } }),
    ...(target && { target: withoutDigest(target) }),
  }
  const partials = Object.assign({}, ...manifest.prompts.map((prompt) => prompt.partials ?? {})) as Record<
    string,
    string
  >
  const knowledge = index ? Object.entries(source).filter(([path]) => path.startsWith('knowledge/')) : []
  return {
    files: {
      'airworthy.yaml': yamlText(settings),
      ...Object.fromEntries(
        manifest.prompts.map((prompt) => [`prompts/${prompt.name}.prompt`, promptText(withoutReference(prompt))]),
      ),
      ...Object.fromEntries(Object.entries(partials).map(([name, text]) => [`prompts/_${name}.prompt`, text])),
      ...Object.fromEntries(knowledge),
    },
    notes: index
      ? [
          `The ${knowledge.length} documents are those of ${manifest.application} as they stand now, not as they were frozen.`,
        ]
      : [],
  }
}

/** The questions as examples, and a suite over them. */
export function filesOfCases(cases: readonly KeptCase[]): BlueprintFiles {
  const rows = cases.map(({ turns, expected }, index) => ({
    id: `session-${index + 1}`,
    input: turns.length === 1 ? turns[0]?.content : turns,
    ...(expected !== undefined && { expected }),
    split: 'regress',
    source: 'playground',
  }))
  const hasReferences = cases.some(({ expected }) => expected !== undefined)
  return {
    'datasets/session.jsonl': `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`,
    'evals/session.yaml': yamlText({
      description: 'The questions of the session that this application was kept from.',
      dataset: 'session',
      splits: ['regress'],
      evaluators: [
        ...(hasReferences ? ['token-f1'] : []),
        // An answer at all: the least that can be asked without a reference.
        { use: 'regex', options: { pattern: '\\S' } },
        'latency-ms',
        'cost-micro-usd',
      ],
      primary: hasReferences ? 'token-f1' : 'regex',
    }),
  }
}

/** What a person wrote is text: two braces in it are no placeholder. */
const literal = (text: string): string => text.replaceAll('{{', '\\{{')

const withoutDigest = <Part extends { digest: unknown }>({ digest: _, ...rest }: Part): Omit<Part, 'digest'> => rest
