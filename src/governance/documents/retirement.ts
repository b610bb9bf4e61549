/** The plan of the end: when it ends, who is told, what becomes of the data, and what is kept. */
import { z } from 'zod'
import { date, emptyFields, exampleFlag, text, texts } from './fields.ts'

export const Retirement = z.strictObject({
  example: exampleFlag,
  /** What would end it, such as the stop criteria of the charter or the end of its model. */
  triggers: texts,
  endsOn: date,
  /** How users are told, and what they use then. */
  usersTold: text,
  replacement: text,
  /** What is deleted, by whom, and how it is shown. */
  dataDeleted: text,
  /** What is kept, where and for how long. */
  recordsKept: text,
  owner: text,
})
export type Retirement = z.infer<typeof Retirement>

const NEEDED = ['triggers', 'usersTold', 'dataDeleted', 'recordsKept', 'owner'] as const

/** Names of what the plan still lacks; empty when it is one. */
export const retirementGaps = (value: Retirement): string[] => emptyFields(value, NEEDED)
