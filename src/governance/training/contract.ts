/** Routes of training: list records, and import them from CSV or JSON. */
import { z } from 'zod'
import { Page, pageOf, route } from '../../wire/route.ts'
import { TrainingRecord, TrainingRecordId } from './record.ts'

export const listTrainingRecords = route({
  name: 'listTrainingRecords',
  method: 'GET',
  path: '/api/v1/training-records',
  summary: 'List training records, of one person or of all',
  permission: 'view',
  query: Page.extend({ cursor: TrainingRecordId.optional(), person: z.string().optional() }),
  returns: { 200: pageOf(TrainingRecord) },
})

export const importTrainingRecords = route({
  name: 'importTrainingRecords',
  method: 'POST',
  path: '/api/v1/training-records/imports',
  summary: 'Import training records from CSV (person, module, score, date) or JSON; all or none',
  permission: 'attest',
  maxBodyBytes: 16 * 1024 * 1024,
  body: z.strictObject({ content: z.string().min(1), example: z.boolean().default(false) }),
  returns: { 201: z.object({ imported: z.number().int() }) },
})
