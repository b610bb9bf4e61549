/**
 * Datasets of the installation: what they are, their versions, where each came from, and who may see what of them.
 *
 * Invariant: a version never changes. It is a list of chunks, blobs of JSON lines, so that versions share what they
 * have in common, and a page of a million rows is read without the others.
 */
import { z } from 'zod'
import { ActorId, Organisation, Role } from '../../core/actor.ts'
import { Split } from '../../core/dataset.ts'
import { Name } from '../../core/names.ts'
import { PreparationStep } from '../../core/preparation.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const DatasetId = idOf('dst')
export type DatasetId = z.infer<typeof DatasetId>
export const QuarantineId = idOf('qua')
export type QuarantineId = z.infer<typeof QuarantineId>

/** Who reads: by role, beside the owner. */
export const DatasetAccess = z.object({
  /** Roles that may read the rows that are not held out. */
  readers: z.array(Role).max(6),
  /** Roles that may read the rows of the holdout, each read counted. Builders are not among them unless named. */
  holdoutReaders: z.array(Role).max(6),
  /** The most reads of the holdout by people within 30 days. */
  holdoutReads: z.number().int().min(0).max(1000),
})
export type DatasetAccess = z.infer<typeof DatasetAccess>

export const USUAL_ACCESS: DatasetAccess = {
  readers: [...Role.options],
  holdoutReaders: ['owner', 'auditor'],
  holdoutReads: 20,
}

/** What is known of where the rows come from as a whole; null is not known. */
export const DatasetCard = z.object({
  licence: z.string().max(200).nullable(),
  origin: z.string().max(2000).nullable(),
  citation: z.string().max(5000).nullable(),
  /** Files that a description such as Croissant names, with the SHA-256 that they must have. */
  files: z.array(z.object({ name: z.string(), sha256: z.string().nullable() })).max(1000),
})
export type DatasetCard = z.infer<typeof DatasetCard>

export const UNKNOWN_CARD: DatasetCard = { licence: null, origin: null, citation: null, files: [] }

/** How often each value of a field of `metadata` is to be expected, for example of the language; shares add up to 1. */
export const Segment = z.object({
  field: z.string().min(1).max(100),
  shares: z.record(z.string().max(200), z.number().min(0).max(1)),
})
export type Segment = z.infer<typeof Segment>

/** What a quality run measures. */
export const QualityMeasure = z.enum([
  'schemaValid',
  'duplicateShare',
  'nearDuplicateShare',
  'acrossSplits',
  'inPrompts',
  'inKnowledge',
  'personalData',
  'labelAudit',
  'freshnessDays',
  'largestLabelShare',
  'syntheticShare',
  'representativeness',
  'intervalHalfWidth',
])
export type QualityMeasure = z.infer<typeof QualityMeasure>

export const Dataset = z.object({
  id: DatasetId,
  organisation: Organisation,
  name: Name,
  /** Null: of no application; any may use it. */
  application: Name.nullable(),
  description: z.string(),
  /** Who answers for it; may read it and change who else may. */
  owner: ActorId,
  access: DatasetAccess,
  card: DatasetCard,
  /** What its inputs are expected to be, declared before there is traffic. */
  segments: z.array(Segment).max(20),
  /** Limits of its own, in place of the usual ones. */
  limits: z.partialRecord(QualityMeasure, z.number()),
  /** Days after which its quality is measured again; null: only when somebody asks. */
  qualityEveryDays: z.number().int().min(1).max(365).nullable(),
  /** Number of the newest version; 0 before the first. */
  latest: z.number().int(),
  createdAt: Instant,
  createdBy: ActorId,
})
export type Dataset = z.infer<typeof Dataset>

/** Where the rows that a version added come from. */
export const Lineage = z.object({
  kind: z.enum(['file', 'trace', 'generator', 'annotator', 'edit', 'quarantine', 'git', 'dvc']),
  /** File name, id of the trace, generator with its version, annotator, commit. */
  from: z.string().max(2000),
  /** Of the file's bytes. */
  digest: Digest.nullable(),
  /** In which form it came: `csv`, `promptfoo`, … */
  format: z.string().nullable(),
  /** The tool that says it wrote the file. */
  producer: z.string().nullable(),
  steps: z.array(PreparationStep).max(100),
})
export type Lineage = z.infer<typeof Lineage>

export const Chunk = z.object({
  file: Digest,
  rows: z.number().int(),
  splits: z.partialRecord(Split, z.number().int()),
})
export type Chunk = z.infer<typeof Chunk>

export const DatasetVersion = z.object({
  dataset: DatasetId,
  organisation: Organisation,
  /** 1, 2, 3 … */
  number: z.number().int(),
  /** Over the rows' digests in order, as in a manifest: the same rows always have the same. */
  digest: Digest,
  rows: z.number().int(),
  splits: Chunk.shape.splits,
  /** Rows that a generator made. */
  synthetic: z.number().int(),
  chunks: z.array(Chunk),
  /** Why there is this version. */
  reason: z.string().min(1).max(2000),
  lineage: Lineage,
  /** Against the version before. */
  added: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
  /** Rows that were not taken with it and wait in quarantine. */
  quarantined: z.number().int(),
  at: Instant,
  by: ActorId,
})
export type DatasetVersion = z.infer<typeof DatasetVersion>

/** A version as it is shown: without the list of its chunks. */
export const VersionSummary = DatasetVersion.omit({ chunks: true })
export type VersionSummary = z.infer<typeof VersionSummary>

export const QuarantinedRow = z.object({
  id: QuarantineId,
  dataset: DatasetId,
  organisation: Organisation,
  /**
   * broken: it cannot be read or is no example · rule: a rule of splits keeps it out · personal: it holds personal data ·
   * generated: a model made it, and nobody looked at it.
   */
  kind: z.enum(['broken', 'rule', 'personal', 'generated']),
  /** The file that it came in. */
  file: z.string(),
  /** 1-based line or row of that file. */
  line: z.number().int(),
  field: z.string(),
  message: z.string(),
  remedy: z.string(),
  /** The row as it came; of one that is longer than a row may be, its beginning. */
  text: z.string(),
  /** The example that it would be; null when it is none. */
  example: z.record(z.string(), z.unknown()).nullable(),
  /** null: it waits. */
  decision: z.enum(['synthetic', 'allowed', 'accepted', 'mended', 'discarded']).nullable(),
  decidedBy: ActorId.nullable(),
  reason: z.string().nullable(),
  at: Instant,
})
export type QuarantinedRow = z.infer<typeof QuarantinedRow>

/** One reading of held-out rows by a person, a program, or a run. */
export const HoldoutRead = z.object({
  id: idOf('hrd'),
  dataset: DatasetId,
  organisation: Organisation,
  version: z.number().int(),
  rows: z.number().int(),
  /** `rows`, `row`, `export`; `experiment exp_…` for a run, `rows of exp_…` for what it asked. */
  purpose: z.string(),
  by: ActorId,
  at: Instant,
})
export type HoldoutRead = z.infer<typeof HoldoutRead>
