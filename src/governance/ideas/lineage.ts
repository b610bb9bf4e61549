/** Where an application came from, idea by idea up to the first, and what came from its users. Pure. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Instant } from '../../kernel/time.ts'
import { Idea, IdeaId, IdeaOrigin } from './idea.ts'

const Step = z.object({
  application: Name,
  idea: IdeaId,
  title: z.string(),
  /** The application whose users it came from. */
  parent: Name.nullable(),
  /** The requests that led to it; null when a person had the idea. */
  origin: IdeaOrigin.nullable(),
  createdAt: Instant,
})

export const IdeaLineage = z.object({
  application: Name,
  /** Its own idea first; empty when it was made without one. */
  from: z.array(Step),
  /** Ideas that came from its users, with what became of them. */
  ledTo: z.array(Idea.pick({ id: true, title: true, application: true, origin: true, createdAt: true })),
})
export type IdeaLineage = z.infer<typeof IdeaLineage>

/** @param ideas the oldest first */
export function lineageOf(application: Name, ideas: readonly Idea[]): IdeaLineage {
  const from: IdeaLineage['from'] = []
  const seen = new Set<string>()
  for (let at: Name | null = application; at !== null && !seen.has(at); ) {
    seen.add(at)
    const of: Name = at
    const idea = ideas.find((one) => one.application === of)
    if (idea) {
      const { id, title, parent, origin, createdAt } = idea
      from.push({ application: of, idea: id, title, parent, origin, createdAt })
    }
    at = idea?.parent ?? null
  }
  const ledTo = ideas
    .filter(({ parent }) => parent === application)
    .map(({ id, title, application: became, origin, createdAt }) => ({
      ...{ id, title, application: became, origin, createdAt },
    }))
  return { application, from, ledTo }
}
