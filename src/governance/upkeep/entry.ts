/** What has to be done by a day to keep an application fit. Each comes from a record by itself; nobody types it. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'

export const UpkeepKind = z.enum([
  'model-ends',
  'model-task',
  'key-expires',
  'waiver-ends',
  'evidence-ages',
  'review-due',
  'action-due',
  'incident-deadline',
  'pilot-begins',
  'application-ends',
])
export type UpkeepKind = z.infer<typeof UpkeepKind>

export const UpkeepEntry = z.object({
  /** The same thing has the same id, so that a calendar that is read again changes and does not repeat. */
  id: z.string(),
  kind: UpkeepKind,
  on: z.iso.date(),
  title: z.string(),
  /** What to do about it. */
  todo: z.string(),
  /** Null for what concerns the installation. */
  application: Name.nullable(),
  /** The page about it, from the root of the pages. */
  href: z.string(),
})
export type UpkeepEntry = z.infer<typeof UpkeepEntry>

export const ServedEntry = UpkeepEntry.extend({ isOverdue: z.boolean(), inDays: z.number().int() })
export type ServedEntry = z.infer<typeof ServedEntry>
