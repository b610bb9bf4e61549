/** Routes of the quality of datasets: runs, the audit of labels, the data sheet. */
import { z } from 'zod'
import { Example } from '../../core/dataset.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { Digest } from '../../kernel/digest.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { Measure, MeasureVerdict } from './measure.ts'
import { LabelAnswer, QualityRun } from './run.ts'

const one = z.object({ dataset: Name })

export const runDataQuality = route({
  name: 'runDataQuality',
  method: 'POST',
  path: '/api/v1/datasets/:dataset/quality-runs',
  summary: 'Measure the quality of a version: duplicates, splits, personal data, labels, balance, enough rows',
  permission: 'build',
  mcp: true,
  params: one,
  body: z.strictObject({ version: z.number().int().min(1).max(1_000_000_000).optional() }),
  returns: { 201: QualityRun },
})

export const listQualityRuns = route({
  name: 'listQualityRuns',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/quality-runs',
  summary: 'Quality runs of a dataset, the newest first, each with its measures and a profile',
  permission: 'view',
  mcp: true,
  params: one,
  query: Page,
  returns: { 200: pageOf(QualityRun) },
})

export const listLabelSample = route({
  name: 'listLabelSample',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/label-audit',
  summary: 'Rows whose expected answer the caller has not looked at yet, in a random order that stays the same',
  permission: 'view',
  mcp: true,
  params: one,
  query: z.object({ limit: Page.shape.limit }),
  returns: {
    200: z.object({
      version: z.number().int(),
      items: z.array(Example),
      /** Rows of the version that somebody looked at, and how many of these were right. */
      answered: z.number().int(),
      right: z.number().int(),
    }),
  },
})

export const answerLabel = route({
  name: 'answerLabel',
  method: 'POST',
  path: '/api/v1/datasets/:dataset/label-audit/answers',
  summary: 'Say whether the expected answer of a row is right; a later word replaces the earlier one',
  permission: 'attest',
  mcp: true,
  params: one,
  body: z.strictObject({ row: z.string().min(1), isRight: z.boolean(), comment: z.string().max(2000).default('') }),
  returns: { 201: LabelAnswer },
})

export const getDataSheet = route({
  name: 'getDataSheet',
  method: 'GET',
  path: '/api/v1/datasets/:dataset/sheet',
  summary: 'The data sheet: what it is, where it comes from, who may read it, its quality and its versions',
  permission: 'view',
  params: one,
  query: z.object({ format: z.enum(['md', 'html']).default('md') }),
  raw: 'bytes',
  gives: ['text/markdown', 'text/html'],
  returns: { 200: null },
})

export const getKnowledgeQuality = route({
  name: 'getKnowledgeQuality',
  method: 'GET',
  path: '/api/v1/releases/:id/knowledge-quality',
  summary: 'Measure the documents of a release by themselves: duplicates, near duplicates, length, personal data',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: {
    200: z.object({
      release: ReleaseId,
      /** Of the index; the same documents have the same, whatever release they are in. */
      index: Digest,
      documents: z.number().int(),
      passages: z.number().int(),
      verdict: MeasureVerdict,
      /** `rows` are ids of passages. */
      measures: z.array(Measure),
    }),
  },
})

export { DatasetProfile, Measure, MeasureVerdict } from './measure.ts'
export { LabelAnswer, QualityRun } from './run.ts'
