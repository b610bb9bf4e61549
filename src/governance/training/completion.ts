/** Who has learnt what they need, by group and by duty. Pure. */
import { z } from 'zod'
import { type Duties, Duty } from '../../core/actor.ts'
import type { Instant } from '../../kernel/time.ts'
import { isFilled } from '../documents/fields.ts'
import { Group, type TrainingModule } from './module.ts'
import type { LearningPath, TrainingPolicy } from './policy.ts'
import { counts, personKey, type TrainingRecord } from './record.ts'

export const LearnerState = z.object({
  person: z.string(),
  group: Group,
  /** Watches, approves or may overrule. */
  oversees: z.boolean(),
  /** On the list of users and overseers; else a document names them. */
  isNamed: z.boolean(),
  finished: z.boolean(),
  /** Titles of what is missing. */
  missing: z.array(z.string()),
})
export type LearnerState = z.infer<typeof LearnerState>

export const GroupState = z.object({
  group: Group,
  people: z.number().int(),
  finished: z.number().int(),
  /** Null without people. */
  share: z.number().nullable(),
  target: z.number(),
  /** Null without people: nobody finished nothing. */
  isMet: z.boolean().nullable(),
  staffShare: z.number(),
  /** Share of all who are named that is in this group; null without people. */
  namedShare: z.number().nullable(),
})
export type GroupState = z.infer<typeof GroupState>

export const DutyGap = z.object({ duty: Duty, person: z.string(), missing: z.array(z.string()) })
export type DutyGap = z.infer<typeof DutyGap>

export type Learned = {
  readonly records: readonly TrainingRecord[]
  readonly modules: readonly TrainingModule[]
  readonly now: Instant
}

export type Learner = Pick<LearnerState, 'person' | 'group' | 'oversees' | 'isNamed'>

export const stateOf = (learner: Learner, policy: TrainingPolicy, learned: Learned): LearnerState => {
  const path = policy.paths.find(({ group }) => group === learner.group)
  const missing = path ? missingOf(learner.person, path, learned) : []
  return { ...learner, finished: missing.length === 0, missing }
}

export function groupStates(states: readonly LearnerState[], policy: TrainingPolicy): GroupState[] {
  const everybody = new Set(states.map(({ person }) => personKey(person))).size
  return policy.paths.map(({ group, target, staffShare }) => {
    const own = states.filter((one) => one.group === group)
    const finished = own.filter((one) => one.finished).length
    const share = own.length === 0 ? null : finished / own.length
    return {
      group,
      people: own.length,
      finished,
      share,
      target,
      isMet: share === null ? null : share >= target,
      staffShare,
      namedShare: everybody === 0 ? null : own.length / everybody,
    }
  })
}

/** Who holds a duty without what it needs. */
export const dutyGaps = (duties: Duties, policy: TrainingPolicy, learned: Learned): DutyGap[] =>
  Duty.options.flatMap((duty) => {
    const person = duties[duty]
    if (person === undefined || !isFilled(person)) return []
    const missing = (policy.duties[duty] ?? []).filter((id) => !hasPassed(person, id, learned))
    return missing.length > 0 ? [{ duty, person, missing: missing.map((id) => titleOf(id, learned)) }] : []
  })

/** Titles of what a person still has to learn on a path; empty when it is finished. */
function missingOf(person: string, { needs, modules }: LearningPath, learned: Learned): string[] {
  const open = modules.filter(({ id }) => !hasPassed(person, id, learned)).map(({ id }) => titleOf(id, learned))
  if (needs === 'all') return open
  if (passedBy(person, learned).length > 0) return []
  return open.length > 1 ? [`one of ${open.join(' or ')}`] : open
}

/** Records name a module by its id or by its title, as schools write it. */
export const hasPassed = (person: string, id: string, learned: Learned): boolean => {
  const names = [id, titleOf(id, learned)].map(personKey)
  return passedBy(person, learned).some(({ module }) => names.includes(personKey(module)))
}

const passedBy = (person: string, { records, now }: Learned): TrainingRecord[] =>
  records.filter((one) => personKey(one.person) === personKey(person) && counts(one, now))

const titleOf = (id: string, { modules }: Learned): string => modules.find((one) => one.id === id)?.title ?? id
