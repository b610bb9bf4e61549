/** A short impact assessment: who is affected and how, in answers that become risks (S3.13, S3.43). */
import { z } from 'zod'
import { exampleFlag, text, texts } from '../documents/fields.ts'

export const Impact = z.strictObject({
  example: exampleFlag,
  /** Who uses it or is spoken about. */
  affected: texts,
  benefits: texts,
  /** Each becomes a suggested risk. */
  harms: texts,
  misuse: texts,
  /** Work, environment, trust in what is true. */
  society: text,
  /** How somebody can object. */
  objection: text,
  assessedBy: text,
})
export type Impact = z.infer<typeof Impact>
