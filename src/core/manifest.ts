/**
 * The manifest of a release: everything that makes its answers what they are, by digest, in one value.
 * The digest of this value is the release's address; the same inputs give the same one.
 */
import { z } from 'zod'
import { Digest, digestOf } from '../kernel/digest.ts'
import { AdapterPart } from './adapter.ts'
import { AnswerCaching } from './answer-caching.ts'
import { meaningPart } from './cache-by-meaning.ts'
import { DatasetPart, Suite } from './dataset.ts'
import { Disclosure } from './disclosure.ts'
import { Step, Target } from './flow.ts'
import { GuardrailPart } from './guardrail.ts'
import { LiveIndexPart } from './live-index.ts'
import { Serving, servingPart } from './serving.ts'
import { ToolPart } from './tool.ts'

export const PromptPart = z.object({
  name: z.string(),
  digest: Digest,
  frontMatter: z.record(z.string(), z.unknown()),
  body: z.string(),
  /** The partials that the template names, by name; a part of its digest. Absent where it names none. */
  partials: z.record(z.string(), z.string()).optional(),
})
export type PromptPart = z.infer<typeof PromptPart>

/** Model × parameters; with a prompt it is the unit whose quality is measured. */
export const ModelPart = z.object({
  name: z.string(),
  digest: Digest,
  /** `provider/model`. */
  model: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  /** Why this part can change under us (a hosted alias, for example); null when it cannot. */
  mutable: z.string().nullable(),
  /** What was tuned on top of it; absent where nothing was, as far as the blueprint says. */
  adapter: AdapterPart.optional(),
})
export type ModelPart = z.infer<typeof ModelPart>

export const FlowPart = z.object({ name: z.string(), digest: Digest, steps: z.array(Step) })
export type FlowPart = z.infer<typeof FlowPart>

export const IndexPart = z.object({
  name: z.string(),
  /** Over passages and parameters, not over the search structure. */
  digest: Digest,
  /** The snapshot as a blob that is mapped into memory. */
  file: Digest,
  analyser: z.string(),
  k1: z.number(),
  b: z.number(),
  /** The libraries that read the documents, by format; left out where none was needed. */
  extractors: z.record(z.string(), z.string()).optional(),
  passages: z.number().int(),
  /** Which model made the vectors that its passages brought along; absent where there are none. Search is by words. */
  embedding: z.string().optional(),
})
export type IndexPart = z.infer<typeof IndexPart>

export const SuitePart = Suite.extend({ digest: Digest })
export type SuitePart = z.infer<typeof SuitePart>

export const Manifest = z.object({
  schema: z.literal('airworthy.manifest/1'),
  application: z.string(),
  prompts: z.array(PromptPart),
  models: z.array(ModelPart),
  /** What its prompts may call; absent where there is nothing. */
  tools: z.array(ToolPart).optional(),
  flow: FlowPart,
  /** The arm that a release must beat; null when none is named. */
  baseline: FlowPart.nullable(),
  index: IndexPart.nullable(),
  /** Indexes that are not frozen, as they are declared; absent where there are none. */
  liveIndexes: z.array(LiveIndexPart).optional(),
  target: Target.extend({ digest: Digest }).nullable(),
  datasets: z.array(DatasetPart),
  suites: z.array(SuitePart),
  evaluators: z.array(
    z.object({
      id: z.string(),
      version: z.number().int(),
      /** The model that grades, with prompt, rubric and parser by digest; absent where none is asked. */
      judge: z
        .object({
          model: z.string(),
          digest: Digest,
          /** Why the model can change under its name; absent where it cannot. */
          mutable: z.string().optional(),
        })
        .optional(),
    }),
  ),
  priceBook: z.object({ name: z.string(), digest: Digest }),
  /** Absent where every question is answered anew, as it is unless the blueprint says otherwise. */
  cache: AnswerCaching.optional(),
  /** What people who use it are told; absent where the blueprint says nothing. */
  disclosure: Disclosure.optional(),
  /** What acts on questions and answers, in this order; absent where nothing does. */
  guardrails: z.array(GuardrailPart).optional(),
  /** Whether somebody waits for each answer, and what it is meant to bear; absent where the blueprint says nothing. */
  serving: Serving.optional(),
  /** What belongs to the application and is not frozen, said openly. */
  outside: z.array(z.object({ what: z.string(), why: z.string() })),
})
export type Manifest = z.infer<typeof Manifest>

export const PartKind = z.enum([
  'release',
  'prompt',
  'model',
  'adapter',
  'tool',
  'flow',
  'baseline',
  'index',
  'embedding',
  'live-index',
  'target',
  'guardrail',
  'dataset',
  'suite',
  'evaluator',
  'judge',
  'price-book',
  'cache',
  'serving',
  'document',
  /** Every verdict at a gate but those of approvals, which depend on it. */
  'gate',
])
export type PartKind = z.infer<typeof PartKind>

/** Something with a digest that evidence can depend on. */
export const Part = z.object({ kind: PartKind, name: z.string(), digest: Digest })
export type Part = z.infer<typeof Part>

export const manifestDigest = (manifest: Manifest): Digest => digestOf(manifest)

/** Everything in the manifest that evidence can depend on, the release as a whole first. */
export function partsOf(manifest: Manifest): Part[] {
  const [meaning, serving] = [meaningPart(manifest), servingPart(manifest)]
  const named =
    (kind: PartKind) =>
    ({ name, digest }: { name: string; digest: Digest }): Part => ({ kind, name, digest })
  return [
    { kind: 'release', name: manifest.application, digest: manifestDigest(manifest) },
    ...manifest.prompts.map(named('prompt')),
    ...manifest.models.map(named('model')),
    ...manifest.models.flatMap(({ name, adapter }): Part[] =>
      adapter ? [{ kind: 'adapter', name: `${name}/${adapter.name}`, digest: adapter.digest }] : [],
    ),
    ...(manifest.tools ?? []).map(named('tool')),
    named('flow')(manifest.flow),
    ...(manifest.baseline ? [named('baseline')(manifest.baseline)] : []),
    ...(manifest.index ? [named('index')(manifest.index)] : []),
    ...embeddingsOf(manifest),
    ...(manifest.liveIndexes ?? []).map(named('live-index')),
    ...(manifest.target
      ? [{ kind: 'target' as const, name: manifest.target.url, digest: manifest.target.digest }]
      : []),
    ...(manifest.guardrails ?? []).map(named('guardrail')),
    ...manifest.datasets.map(named('dataset')),
    ...manifest.suites.map(named('suite')),
    ...manifest.evaluators.map(
      ({ id, version }): Part => ({ kind: 'evaluator', name: id, digest: digestOf({ id, version }) }),
    ),
    ...judgesOf(manifest),
    named('price-book')(manifest.priceBook),
    ...(meaning ? [named('cache')(meaning)] : []),
    ...(serving ? [serving] : []),
  ]
}

/** The models that made vectors, each once. */
function embeddingsOf({ index, liveIndexes = [] }: Pick<Manifest, 'index' | 'liveIndexes'>): Part[] {
  const names = [index?.embedding, ...liveIndexes.map(({ embedding }) => embedding)].filter((one) => one !== undefined)
  return [...new Set(names)].map((name) => ({ kind: 'embedding', name, digest: digestOf({ embedding: name }) }))
}

/** The judges of the suites: each a model with its prompt, rubric and parser. */
export const judgesOf = ({ evaluators }: Pick<Manifest, 'evaluators'>): Part[] =>
  evaluators.flatMap(({ id, judge }): Part[] =>
    judge ? [{ kind: 'judge', name: `${id} by ${judge.model}`, digest: judge.digest }] : [],
  )

/** The parts that decide what a release answers: all but suites, datasets, evaluators, prices, how it is served, and what its cache compares with. */
export const behaviourParts = (manifest: Manifest): Part[] => {
  const compares = manifest.cache?.byMeaning?.model
  return partsOf(manifest).filter(({ kind, name }) => BEHAVIOUR.has(kind) && !(kind === 'model' && name === compares))
}

const BEHAVIOUR: ReadonlySet<Part['kind']> = new Set([
  'prompt',
  'model',
  'adapter',
  'tool',
  'flow',
  'index',
  'embedding',
  'live-index',
  'target',
  'guardrail',
])
