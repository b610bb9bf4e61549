/** Who has to learn what: paths by group, what each duty needs, and whether a gap warns or blocks. */
import { z } from 'zod'
import { ActorId, Duty, Organisation } from '../../core/actor.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { Group, TrainingModule } from './module.ts'

/** A built-in module by its id; one of another school by its name as records have it, and where it is. */
const PathModule = z.strictObject({ id: z.string().trim().min(1).max(200), link: z.url().optional() })

export const LearningPath = z.strictObject({
  group: Group,
  /** Share of all people who belong to this group; 0.7, 0.2 and 0.1 where nobody said otherwise. */
  staffShare: z.number().min(0).max(1),
  /** Share of the group that is to have finished. */
  target: z.number().min(0).max(1),
  /** For how many days a passed quiz of ours counts. */
  validDays: z.number().int().min(1).max(365),
  /** one: any passed module will do, of another school too · all: each module that is listed. */
  needs: z.enum(['one', 'all']),
  modules: z.array(PathModule).min(1),
})
export type LearningPath = z.infer<typeof LearningPath>

export const TrainingPolicy = z
  .strictObject({
    paths: z.array(LearningPath),
    /** Modules that a person needs before they hold a duty. */
    duties: z.partialRecord(Duty, z.array(z.string().trim().min(1))),
    /** warn: a gap is shown · block: nobody is given a duty that they have not learnt for. */
    gaps: z.enum(['warn', 'block']),
  })
  .refine(({ paths }) => new Set(paths.map(({ group }) => group)).size === Group.options.length && paths.length === 3, {
    path: ['paths'],
    message: 'there is one path each for consumers, leaders and builders',
  })
  .refine(({ paths }) => Math.abs(paths.reduce((sum, { staffShare }) => sum + staffShare, 0) - 1) < 0.001, {
    path: ['paths'],
    message: 'the shares of staff add up to 1',
  })
export type TrainingPolicy = z.infer<typeof TrainingPolicy>

/** Each policy that was ever in force. */
export const KeptPolicy = z.object({
  id: idOf('tpl'),
  organisation: Organisation,
  policy: TrainingPolicy,
  createdAt: Instant,
  createdBy: ActorId,
})
export type KeptPolicy = z.infer<typeof KeptPolicy>

/** What comes with the program; `modules` in the order in which they are read. */
export const TrainingPack = z.strictObject({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  modules: z.array(TrainingModule).min(1),
  policy: TrainingPolicy,
})
export type TrainingPack = z.infer<typeof TrainingPack>
