/** Routes of datasets of the installation: versions, rows, imports, differences, quarantine, and who read the holdout. */
import { z } from 'zod'
import { ActorId } from '../../core/actor.ts'
import { Example, Split } from '../../core/dataset.ts'
import { Name } from '../../core/names.ts'
import { PreparationStep } from '../../core/preparation.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import {
  Dataset,
  DatasetAccess,
  HoldoutRead,
  Lineage,
  QuarantinedRow,
  QuarantineId,
  Segment,
  VersionSummary,
} from './dataset.ts'
import { ImportedFile } from './file-profile.ts'
import { FORMATS } from './import/read-file.ts'

const MEBIBYTE = 1024 * 1024
const one = z.object({ dataset: Name })
const Reason = z.string().trim().min(1, 'say why').max(2000)

export const ServedDataset = Dataset.extend({
  /** The newest; null before the first. */
  version: VersionSummary.nullable(),
  /** Rows in quarantine that nobody decided on. */
  waiting: z.number().int(),
  holdoutReadsLeft: z.number().int(),
  /** What the caller may. */
  may: z.object({ rows: z.boolean(), holdout: z.boolean(), policy: z.boolean() }),
})
export type ServedDataset = z.infer<typeof ServedDataset>

const ImportProblem = z.object({
  file: z.string().optional(),
  line: z.number().int().optional(),
  field: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
})

export const ImportResult = z.object({
  version: VersionSummary.nullable(),
  read: z.number().int(),
  entered: z.number().int(),
  unchanged: z.number().int(),
  quarantined: z.number().int(),
  problems: z.array(ImportProblem),
  notes: z.array(z.string()),
  format: z.enum(FORMATS),
  encoding: z.string().nullable(),
})
export type ImportResult = z.infer<typeof ImportResult>

export const createDataset = route({
  name: 'createDataset',
  method: 'POST',
  path: '/api/v1/datasets',
  summary: 'Make a dataset of the installation; its rows come by imports and edits',
  permission: 'build',
  example: { name: 'support-questions', application: 'support' },
  mcp: true,
  body: z.strictObject({ name: Name, application: Name.optional(), description: z.string().max(2000).default('') }),
  returns: { 201: ServedDataset },
})

export const listAllDatasets = route({
  name: 'listAllDatasets',
  method: 'GET',
  path: '/api/v1/datasets',
  summary: 'The datasets of the installation, by name',
  permission: 'view',
  mcp: true,
  query: Page.extend({ application: Name.optional() }),
  returns: { 200: pageOf(Dataset) },
})

export const getDataset = route({
  name: 'getDataset',
  method: 'GET',
  path: '/api/v1/datasets/:dataset',
  summary: 'One dataset with its newest version, and what the caller may do with it',
  permission: 'view',
  mcp: true,
  params: one,
  returns: { 200: ServedDataset },
})

export const changeDataset = route({
  name: 'changeDataset',
  method: 'PUT',
  path: '/api/v1/datasets/:dataset',
  summary: 'Change what is said of a dataset, its owner, who may read it, and what is expected of its rows',
  permission: 'build',
  params: one,
  body: z.strictObject({
    description: z.string().max(2000).optional(),
    owner: ActorId.optional(),
    access: DatasetAccess.optional(),
    segments: z.array(Segment).max(20).optional(),
    limits: Dataset.shape.limits.optional(),
    qualityEveryDays: Dataset.shape.qualityEveryDays.optional(),
  }),
  returns: { 200: ServedDataset },
})

export const importRows = route({
  name: 'importRows',
  method: 'POST',
  path: '/api/v1/datasets/:dataset/imports',
  summary: 'Import a file: good rows enter as a new version, bad ones wait in quarantine with line and reason',
  permission: 'build',
  params: one,
  accepts: ['application/octet-stream'],
  maxBodyBytes: 2048 * MEBIBYTE,
  query: z.object({
    reason: Reason,
    file: z.string().min(1).max(500).default('rows'),
    /** Left out: it is recognised. */
    format: z.enum(FORMATS).optional(),
    /** Left out: UTF-8 and UTF-16 are recognised. */
    encoding: z.string().min(1).max(40).optional(),
    /** Of a workbook; the first one when left out. */
    sheet: z.string().min(1).max(100).optional(),
    mode: z.enum(['append', 'merge', 'replace']).default('append'),
    split: Split.optional(),
    columns: z.string().max(2000).optional(),
    synthetic: z.enum(['true', 'false']).default('false'),
    steps: z.string().max(10_000).optional(),
    /** Where the file stands in git: `commit` or `repository@commit:path`. */
    git: z.string().min(7).max(500).optional(),
    /** MD5 that DVC has for the file; another file is refused. */
    dvc: z
      .string()
      .regex(/^[0-9a-f]{32}$/, 'an MD5 has 32 hexadecimal digits')
      .optional(),
  }),
  returns: { 201: ImportResult, 200: ImportResult },
})

export const editRows = route({
  name: 'editRows',
  method: 'POST',
  path: '/api/v1/datasets/:dataset/edits',
  summary: 'Put and remove rows by hand as a new version; refused when somebody else made one meanwhile',
  permission: 'build',
  example: {
    base: 1,
    put: [{ id: 'q1', input: 'How long does delivery take?' }],
    remove: [],
    reason: 'A case that was missing',
  },
  mcp: true,
  maxBodyBytes: 32 * MEBIBYTE,
  params: one,
  body: z.strictObject({
    base: z.number().int().min(0),
    put: z.array(z.record(z.string(), z.unknown())).max(10_000).default([]),
    remove: z.array(z.string()).max(10_000).default([]),
    personalData: z.enum(['synthetic', 'allowed']).optional(),
    lineage: z
      .strictObject({
        kind: z.enum(['edit', 'generator', 'annotator', 'git', 'dvc']),
        from: Lineage.shape.from,
        steps: z.array(PreparationStep).max(100).default([]),
      })
      .optional(),
    reason: Reason,
  }),
  returns: { 201: VersionSummary, 200: z.object({ kind: z.literal('unchanged') }) },
})

export const addCase = route({
  name: 'addCase',
  method: 'POST',
  path: '/api/v1/datasets/:dataset/cases',
  summary: 'Turn a trace into a case of regress, so that what went wrong once is asked of every release from now on',
  permission: 'build',
  mcp: true,
  params: one,
  body: z.strictObject({
    trace: z.string().regex(/^[0-9a-f]{32}$/, 'a trace id has 32 hexadecimal digits'),
    expected: Example.shape.expected,
    unanswerable: z.boolean().optional(),
    rubric: z.string().max(20_000).optional(),
    split: z.enum(['regress', 'build', 'calibration']).default('regress'),
    personalData: z.enum(['synthetic', 'allowed']).optional(),
    reason: Reason,
  }),
  returns: { 201: VersionSummary, 200: z.object({ kind: z.literal('unchanged') }) },
})

export const listQuarantine = route({
  name: 'listQuarantine',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/quarantine',
  summary: 'Rows that did not enter and wait, each with file, line, what was found and what to do',
  permission: 'view',
  mcp: true,
  params: one,
  query: Page,
  returns: {
    200: pageOf(QuarantinedRow).extend({
      counts: z.array(z.object({ kind: QuarantinedRow.shape.kind, count: z.number().int() })),
    }),
  },
})

export const listImportedFiles = route({
  name: 'listImportedFiles',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/files',
  summary: 'What each imported file held: form, encoding, size, records, fields, and what was not taken and why',
  permission: 'view',
  mcp: true,
  params: one,
  query: Page,
  returns: { 200: pageOf(ImportedFile) },
})

export const decideQuarantine = route({
  name: 'decideQuarantine',
  method: 'POST',
  path: '/api/v1/datasets/:dataset/quarantine/decisions',
  summary:
    'Let rows in (personal data is synthetic or allowed, what a model made is accepted, or the row is mended), or discard them',
  permission: 'attest',
  mcp: true,
  params: one,
  body: z.strictObject({
    ids: z.array(QuarantineId).min(1).max(1000),
    decision: z.enum(['synthetic', 'allowed', 'accepted', 'mended', 'discarded']),
    /** The mended row. */
    example: z.record(z.string(), z.unknown()).optional(),
    reason: Reason,
  }),
  returns: { 200: z.object({ decided: z.number().int(), version: VersionSummary.nullable() }) },
})

export const listHoldoutReads = route({
  name: 'listHoldoutReads',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/holdout-reads',
  summary: 'Who read the holdout, when and for what, and how many reads are left',
  permission: 'view',
  mcp: true,
  params: one,
  returns: { 200: z.object({ items: z.array(HoldoutRead), left: z.number().int() }) },
})

export {
  Dataset,
  DatasetAccess,
  DatasetCard,
  HoldoutRead,
  Lineage,
  QuarantinedRow,
  Segment,
  VersionSummary,
} from './dataset.ts'
export { ImportedFile } from './file-profile.ts'
export {
  DatasetRow,
  diffDatasetVersions,
  exportDataset,
  getDatasetRow,
  listDatasetRows,
  listDatasetVersions,
  RowChange,
} from './row-contract.ts'
