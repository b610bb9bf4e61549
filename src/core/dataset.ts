/** A dataset is a list of examples; a suite measures one with evaluators. */
import { z } from 'zod'
import { Digest } from '../kernel/digest.ts'
import { Turn } from './conversation.ts'
import { Name } from './names.ts'

/** build: to look at and tune on · regress: guards what once failed · holdout: the exam · calibration: for judges. */
export const Split = z.enum(
  ['build', 'regress', 'holdout', 'calibration'],
  'is none of build, regress, holdout and calibration',
)
export type Split = z.infer<typeof Split>

export const Example = z.object({
  id: z.string().min(1),
  /** A question, or the turns of a conversation that ends with a user's turn. */
  input: z.union([z.string().min(1), z.array(Turn).min(1)], 'is missing or neither a text nor a list of turns'),
  /** The reference answer or answers; null or absent where there is none. */
  expected: z.union([z.string(), z.array(z.string())], 'is neither a text nor a list of texts').nullish(),
  /** Ids of the passages that hold the answer. */
  contexts: z.array(z.string()).optional(),
  /** True when the right behaviour is to abstain. */
  unanswerable: z.boolean().optional(),
  split: Split.default('regress'),
  /** Examples of one cluster (a conversation, a document) are not independent. */
  cluster: z.string().optional(),
  /** Where it comes from: a file with its line, `trace 4bf9…`, a generator. */
  source: z.string().optional(),
  /** A generator made it; nobody asked it. */
  synthetic: z.boolean().optional(),
  rubric: z.string().optional(),
  tools: z.array(z.unknown()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
})
export type Example = z.infer<typeof Example>

export const turnsOf = (example: Pick<Example, 'input'>): Turn[] =>
  typeof example.input === 'string' ? [{ role: 'user', content: example.input }] : example.input

export const referencesOf = (example: Pick<Example, 'expected'>): string[] =>
  example.expected === null || example.expected === undefined
    ? []
    : typeof example.expected === 'string'
      ? [example.expected]
      : example.expected

/** An evaluator by id (`exact`, `token-f1`, …) with its options. */
export const EvaluatorUse = z.object({ use: z.string().min(1), options: z.record(z.string(), z.unknown()).default({}) })
export type EvaluatorUse = z.infer<typeof EvaluatorUse>

export const Suite = z.object({
  name: z.string().min(1),
  dataset: z.string().min(1),
  splits: z.array(Split).default(['regress']),
  evaluators: z.array(EvaluatorUse).min(1),
  /** The evaluator that decides a comparison. */
  primary: z.string().min(1),
  /** Differences smaller than this count as equivalent; in units of the primary score. */
  margin: z.number().positive().default(0.05),
  description: z.string().optional(),
  /** The fallback that it measures: its examples are answered as while nobody else is there. */
  fallback: z.string().min(1).optional(),
  /** The target of a route that it measures, alone in the same way. */
  target: z.string().min(1).optional(),
  /** The prompt that it tests by itself: the step that asks it, and nothing before or after. */
  prompt: z.string().min(1).optional(),
  /** What it tests: one prompt, several steps together, or the whole application. */
  kind: z.enum(['prompt', 'pipeline', 'application']).optional(),
  /** What the lower bound of the primary score must reach, as the charter promises. */
  threshold: z.number().optional(),
  /** A case passes from this primary score on; 0.5 when not said. */
  passAt: z.number().optional(),
  /** Names of metadata by which the results are cut. */
  slices: z.array(z.string().min(1)).max(20).optional(),
  /** What no slice's score may fall below. */
  sliceFloor: z.number().optional(),
  /** The examples can be read by everybody, so that models may have learned them. */
  published: z.boolean().optional(),
  /** Asked of the release before and of this one when a model is swapped. */
  probe: z.boolean().optional(),
})
export type Suite = z.infer<typeof Suite>

/** A version of a dataset of the installation, as `datasets/<name>.yaml` of a blueprint names it. */
export const DatasetReference = z.strictObject({
  dataset: Name,
  /** A number, so that the same blueprint gives the same release. */
  version: z.number().int().min(1),
})
export type DatasetReference = z.infer<typeof DatasetReference>

export const DatasetPart = z.object({
  name: z.string(),
  digest: Digest,
  /** The rows as a blob of JSON lines. */
  file: Digest,
  rows: z.number().int(),
  splits: z.partialRecord(Split, z.number().int()),
  /** Absent where the rows stand in the blueprint itself. */
  from: DatasetReference.optional(),
})
export type DatasetPart = z.infer<typeof DatasetPart>
