/** An object of the path with the phase of LLMOps that it belongs to (S4.1). Pure. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Instant } from '../../kernel/time.ts'
import { Phase } from '../compass/compass.ts'

export const ObjectKind = z.enum([
  'idea',
  'release',
  'experiment',
  'approval',
  'rollout',
  'alert',
  'incident',
  'mitigation',
])
export type ObjectKind = z.infer<typeof ObjectKind>

export const PhasedObject = z.object({
  kind: ObjectKind,
  id: z.string(),
  title: z.string(),
  /** Null for an idea that is no application yet. */
  application: Name.nullable(),
  phase: Phase,
  state: z.string(),
  /** When it began. */
  at: Instant,
  /** A page of Airworthy. */
  href: z.string(),
})
export type PhasedObject = z.infer<typeof PhasedObject>

/** What of an object decides on its phase. */
export type Phased = Omit<PhasedObject, 'phase'> & {
  /** Of an idea: it came from the users of an application. */
  readonly isFromUsers?: boolean
  /** Of an incident, an alert or bias that was found: nothing is left to do. */
  readonly isOver?: boolean
}

/** What came from use and what mends it is improvement; what is watched is monitoring until it is over. */
export function phaseOfObject({ kind, state, isFromUsers, isOver }: Phased): Phase {
  switch (kind) {
    case 'idea':
      return isFromUsers ? 'improvement' : 'discovery'
    case 'release':
      return state === 'production' ? 'monitoring' : state === 'pilot' ? 'deployment' : 'development'
    case 'experiment':
      return 'development'
    case 'approval':
    case 'rollout':
      return 'deployment'
    case 'alert':
      return 'monitoring'
    case 'incident':
      return isOver ? 'improvement' : 'monitoring'
    case 'mitigation':
      return 'improvement'
  }
}

export const withPhase = ({ isFromUsers, isOver, ...object }: Phased): PhasedObject => ({
  ...object,
  phase: phaseOfObject({
    ...object,
    ...(isFromUsers !== undefined && { isFromUsers }),
    ...(isOver !== undefined && { isOver }),
  }),
})
