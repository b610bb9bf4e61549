/**
 * A training run: what a model of our own was made from and how, as whoever trained it says.
 *
 * Invariant: a record never changes. What was wrong is said by a new one that takes its place, and the old one stays.
 * A version of a dataset stands in it only after it was found here by its number or its digest.
 */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { ModelName } from '../cards/index.ts'

export const TrainingRunId = idOf('mtr')
export type TrainingRunId = z.infer<typeof TrainingRunId>

const word = z.string().trim().min(1).max(300)
const text = z.string().trim().min(1).max(2000)
const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** full: all parameters · by-provider: where nobody here sees how. */
export const TrainingMethod = z.enum([
  'pre-training',
  'full',
  'LoRA',
  'QLoRA',
  'DPO',
  'RLHF',
  'distillation',
  'merging',
  'quantisation',
  'by-provider',
  'other',
])

const Setting = z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()])
/** What was set for the run, by name. */
const Settings = z
  .record(z.string().min(1).max(300), z.union([Setting, z.array(Setting).max(1000)]))
  .refine((all) => Object.keys(all).length <= 5000, 'a run has at most 5000 parameters')

const Code = z.strictObject({
  /** Where it is kept; null when nobody said. */
  repository: text.nullable().default(null),
  /** Commit or digest: a name that stays. */
  revision: word,
})
const Hardware = z.strictObject({
  name: word,
  /** Of the machines or accelerators that are named. */
  count: z.number().int().positive().max(1_000_000),
  /** From start to end, not times the count. */
  hours: z.number().min(0).max(1_000_000),
})
/** One figure of the run: n and interval are null where the run does not say them. */
const Figure = z.strictObject({
  name: word,
  value: z.number(),
  n: whole.nullable().default(null),
  low: z.number().nullable().default(null),
  high: z.number().nullable().default(null),
})
const CameOut = z.strictObject({ file: text.nullable().default(null), digest: Digest })

/** A version of a dataset of this installation: found here when the run was recorded. */
const VersionHere = z.object({
  kind: z.literal('version'),
  dataset: Name,
  version: z.number().int(),
  digest: Digest,
  application: Name.nullable(),
})
/** Data that is kept elsewhere, as it was said. */
const DataElsewhere = z.object({
  kind: z.literal('elsewhere'),
  name: z.string(),
  digest: z.string().nullable(),
  licence: z.string().nullable(),
  source: z.string().nullable(),
})
export const TrainedOn = z.discriminatedUnion('kind', [VersionHere, DataElsewhere])
export type TrainedOn = z.infer<typeof TrainedOn>

/** How whoever records a run names its data. */
const DataSaid = z
  .strictObject({
    /** A dataset of this installation, with its version, its digest, or both. */
    dataset: Name.optional(),
    version: z.number().int().positive().optional(),
    /** Data that is kept elsewhere. */
    name: word.optional(),
    digest: word.optional(),
    licence: word.optional(),
    source: text.optional(),
  })
  .superRefine(({ dataset, version, name, digest, licence, source }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if ((dataset === undefined) === (name === undefined))
      return wrong('dataset', 'say either dataset, for one of this installation, or name, for data kept elsewhere')
    if (dataset === undefined && version !== undefined)
      return wrong('version', 'only a dataset of this installation has versions here; say its digest')
    if (dataset === undefined) return
    if (version === undefined && digest === undefined)
      return wrong('version', 'say which version it was, by its number or its digest')
    if (digest !== undefined && !Digest.safeParse(digest).success)
      return wrong('digest', 'a digest is sha256: and 64 hexadecimal digits')
    const own = licence === undefined ? source : licence
    if (own !== undefined)
      wrong(licence === undefined ? 'source' : 'licence', 'what is kept here says it itself; leave it out')
  })
export type DataSaid = z.infer<typeof DataSaid>

const Moment = z.iso.datetime({ offset: true, message: 'a time is written like 2026-03-01T08:00:00Z' })

/** What a file of a run says; what is left out is unknown. */
export const TrainingRunFile = z
  .strictObject({
    method: TrainingMethod,
    /** `provider/model` here, or `organisation/name` where it was published; `none` for one trained from nothing. */
    base: z.array(word).min(1).max(20),
    /** Whose answers it learned from, for a distillation. */
    teacher: word,
    datasets: z.array(DataSaid).min(1).max(200),
    code: Code,
    parameters: Settings,
    seed: z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
    /** Versions by the name of the package. */
    frameworks: z.record(z.string().min(1).max(200), word),
    hardware: Hardware,
    costMicroUsd: z
      .union([MicroUsd, z.number().int().max(Number.MAX_SAFE_INTEGER)], {
        message: 'money is a number of millionths of a dollar, for example 96800000',
      })
      .refine((amount) => !String(amount).startsWith('-'), 'what a run cost is not below 0'),
    startedAt: Moment,
    endedAt: Moment,
    figures: z.array(Figure).max(1000),
    /** Files that came out, each with its digest. */
    weights: z.array(CameOut).min(1).max(5000),
    note: text,
  })
  .partial()
  .refine(({ startedAt, endedAt }) => !startedAt || !endedAt || Date.parse(startedAt) <= Date.parse(endedAt), {
    path: ['endedAt'],
    message: 'it ended before it started',
  })
export type TrainingRunFile = z.infer<typeof TrainingRunFile>

export const TrainingRun = z.object({
  id: TrainingRunId,
  organisation: Organisation,
  model: ModelName,
  /** Over everything that was said, so that the same record is not kept twice. */
  digest: Digest,
  /** The run where it was made, as MLflow calls it; null where it was only said. */
  mlflowRun: z.string().nullable(),
  method: TrainingMethod.nullable(),
  base: z.array(z.string()),
  teacher: z.string().nullable(),
  datasets: z.array(TrainedOn),
  code: Code.nullable(),
  parameters: Settings,
  seed: z.number().nullable(),
  frameworks: z.record(z.string(), z.string()),
  hardware: Hardware.nullable(),
  costMicroUsd: MicroUsd.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  figures: z.array(Figure),
  weights: z.array(CameOut),
  note: z.string().nullable(),
  /** The record whose place it takes. */
  replaces: TrainingRunId.nullable(),
  recordedBy: ActorId,
  recordedAt: Instant,
})
export type TrainingRun = z.infer<typeof TrainingRun>
