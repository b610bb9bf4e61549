/** Routes that read rows of datasets: versions, pages, one row, the difference of two versions, a version as a file. */
import { z } from 'zod'
import { Example, Split } from '../../core/dataset.ts'
import { Name } from '../../core/names.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { VersionSummary } from './dataset.ts'

const one = z.object({ dataset: Name })
const VersionNumber = z.coerce.number().int().min(1).max(1_000_000_000)
const RowCursor = z
  .string()
  .regex(/^\d{1,9}$/, 'use the `next` of the page before')
  .optional()

export const DatasetRow = z.object({
  /** 1-based place in the version. */
  number: z.number().int(),
  /** It is longer than is shown here; `getDatasetRow` has the whole. */
  isCut: z.boolean(),
  row: Example,
})
export type DatasetRow = z.infer<typeof DatasetRow>

export const RowChange = z.object({
  id: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  before: Example.nullable(),
  after: Example.nullable(),
})
export type RowChange = z.infer<typeof RowChange>

export const listDatasetVersions = route({
  name: 'listDatasetVersions',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/versions',
  summary: 'The versions of a dataset, the newest first, each with its reason and where its rows come from',
  permission: 'view',
  mcp: true,
  params: one,
  query: Page.extend({ cursor: VersionNumber.optional() }),
  returns: { 200: pageOf(VersionSummary) },
})

export const diffDatasetVersions = route({
  name: 'diffDatasetVersions',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/diffs',
  summary: 'Which rows were added, removed and changed between two versions',
  permission: 'view',
  mcp: true,
  params: one,
  query: Page.extend({ cursor: RowCursor, from: VersionNumber, to: VersionNumber.optional() }),
  returns: {
    200: pageOf(RowChange).extend({
      from: z.number().int(),
      to: z.number().int(),
      added: z.number().int(),
      removed: z.number().int(),
      changed: z.number().int(),
      /** Of these, held-out rows that are not shown. */
      hidden: z.number().int(),
    }),
  },
})

export const listDatasetRows = route({
  name: 'listDatasetRows',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/rows',
  summary: 'The rows of a version in their order, without the holdout; the holdout by its name alone, counted',
  permission: 'view',
  mcp: true,
  params: one,
  query: Page.extend({
    cursor: RowCursor,
    version: VersionNumber.optional(),
    split: Split.optional(),
    text: z.string().max(200).optional(),
  }),
  returns: {
    200: pageOf(DatasetRow).extend({
      version: z.number().int(),
      /** Held-out rows that are not shown. */
      hidden: z.number().int(),
    }),
  },
})

export const getDatasetRow = route({
  name: 'getDatasetRow',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/rows/:row',
  summary: 'One row, whole',
  permission: 'view',
  mcp: true,
  params: one.extend({ row: z.string().min(1) }),
  query: z.object({ version: VersionNumber.optional() }),
  returns: { 200: DatasetRow.extend({ version: z.number().int() }) },
})

export const exportDataset = route({
  name: 'exportDataset',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/exports',
  summary: 'A version as a file, without the holdout unless that is asked for',
  permission: 'view',
  params: one,
  query: z.object({
    format: z.enum(['jsonl', 'csv']).default('jsonl'),
    version: VersionNumber.optional(),
    split: Split.optional(),
  }),
  raw: 'bytes',
  gives: ['application/jsonl', 'text/csv'],
  returns: { 200: null },
})
