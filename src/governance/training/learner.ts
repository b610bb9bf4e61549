/** Who is to learn what an application needs: its users and those who oversee it; builders and duties name themselves. */
import { z } from 'zod'
import { ActorId, Duties, Organisation } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import { Name } from '../../core/names.ts'
import { OversightPlan } from '../../core/oversight.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { isFilled } from '../documents/fields.ts'
import type { Learner } from './completion.ts'
import { personKey } from './record.ts'

export const NamedLearner = z.object({
  id: idOf('lrn'),
  organisation: Organisation,
  application: Name,
  /** user: asks it · overseer: watches it and may overrule. */
  kind: z.enum(['user', 'overseer']),
  person: z.string(),
  createdAt: Instant,
  createdBy: ActorId,
})
export type NamedLearner = z.infer<typeof NamedLearner>

type Named = {
  readonly users: readonly string[]
  readonly overseers: readonly string[]
  readonly builders: readonly string[]
  /** Who holds a duty or is an overseer by oversight.yaml: they approve and watch. */
  readonly holders: readonly string[]
}

/** Each person once in each group; who oversees or approves is a leader. */
export function learnersOf({ users, overseers, builders, holders }: Named): Learner[] {
  const once = (people: readonly string[]) => [
    ...new Map(people.filter(isFilled).map((person) => [personKey(person), person.trim()])).values(),
  ]
  return [
    ...once(users).map((person) => ({ person, group: 'consumers' as const, oversees: false, isNamed: true })),
    ...once([...holders, ...overseers]).map((person) => ({
      person,
      group: 'leaders' as const,
      oversees: true,
      isNamed: overseers.some((one) => personKey(one) === personKey(person)),
    })),
    ...once(builders).map((person) => ({ person, group: 'builders' as const, oversees: false, isNamed: false })),
  ]
}

/** Whom the documents of an application and its lists name. */
export const namesIn = (documents: Application['documents'], named: readonly NamedLearner[]): Named => ({
  users: named.filter(({ kind }) => kind === 'user').map(({ person }) => person),
  overseers: named.filter(({ kind }) => kind === 'overseer').map(({ person }) => person),
  builders: textsOf(documents.builders?.value),
  holders: [
    ...Object.values(Duties.safeParse(documents.duties?.value).data ?? {}),
    ...(OversightPlan.safeParse(documents.oversight?.value).data?.overseers ?? []),
  ],
})

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
