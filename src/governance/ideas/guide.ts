/** The guided flow: its steps and fields, in one catalogue of texts, so that a translation is a file. */
import { z } from 'zod'

const Field = z.strictObject({
  id: z.string(),
  /** `question` takes its words from the assessment; `template` and `kpi` are chosen from what is there. */
  kind: z.enum(['text', 'long', 'number', 'choice', 'question', 'template', 'kpi']),
  question: z.string().nullable(),
  label: z.string(),
  help: z.string(),
  example: z.string(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })),
})
export type GuideField = z.infer<typeof Field>

export const Guide = z.strictObject({
  name: z.string(),
  language: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  /** The starters in plain words; one that is not named here says what it says of itself. */
  templates: z.array(z.strictObject({ id: z.string(), title: z.string(), says: z.string() })),
  steps: z.array(z.strictObject({ id: z.string(), title: z.string(), says: z.string(), fields: z.array(Field) })),
})
export type Guide = z.infer<typeof Guide>
