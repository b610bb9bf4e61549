/** A person who signs: how long they were waited for, and what waits for them. */
import { z } from 'zod'
import { Duty } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { ApprovalId } from './approval.ts'

export const Approver = z.object({
  /** As the person signed, or as the application names them. */
  name: z.string(),
  /** Words that they gave. */
  signed: z.number().int(),
  /** From asking until their word; null before the first. */
  medianMs: z.number().nullable(),
  longestMs: z.number().nullable(),
  /** What waits for their word now, the oldest first. */
  waiting: z.array(
    z.object({
      approval: ApprovalId,
      application: Name,
      release: ReleaseId,
      into: z.string(),
      /** Under which of their duties. */
      duties: z.array(Duty),
      forMs: z.number(),
    }),
  ),
})
export type Approver = z.infer<typeof Approver>
