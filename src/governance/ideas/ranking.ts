/** Ideas in an order, by weights that everybody sees. Pure. */
import { z } from 'zod'
import { Idea, type IdeaScores } from './idea.ts'

const Weight = z.coerce.number().min(0).max(10)

export const Weights = z.object({
  impact: Weight.default(3),
  feasibility: Weight.default(2),
  readiness: Weight.default(1),
  cost: Weight.default(2),
  risk: Weight.default(2),
})
export type Weights = z.infer<typeof Weights>

export const RankedIdea = Idea.extend({
  /** 1 to 5; null while a score with a weight is missing. */
  rank: z.number().nullable(),
  /** Across: how doable (feasibility, readiness, cost). Up: how worthwhile (impact, risk). 1 to 5. */
  doable: z.number().nullable(),
  worthwhile: z.number().nullable(),
})
export type RankedIdea = z.infer<typeof RankedIdea>

/** The best first; those without a rank last, in the order in which they came. */
export function rankIdeas(ideas: readonly Idea[], weights: Weights): RankedIdea[] {
  const ranked = ideas.map((idea) => ({
    ...idea,
    rank: mean(idea.scores, weights, ['impact', 'feasibility', 'readiness', 'cost', 'risk']),
    doable: mean(idea.scores, weights, ['feasibility', 'readiness', 'cost']),
    worthwhile: mean(idea.scores, weights, ['impact', 'risk']),
  }))
  return ranked.sort((one, other) => (other.rank ?? 0) - (one.rank ?? 0) || (one.id < other.id ? -1 : 1))
}

function mean(scores: IdeaScores, weights: Weights, of: readonly (keyof IdeaScores)[]): number | null {
  const weighed = of.filter((name) => weights[name] > 0)
  const total = weighed.reduce((sum, name) => sum + weights[name], 0)
  if (total === 0 || weighed.some((name) => scores[name] === null)) return null
  return weighed.reduce((sum, name) => sum + weights[name] * goodness(name, scores[name] ?? 0), 0) / total
}

/** For cost and risk one is best. */
const goodness = (name: keyof IdeaScores, score: number): number =>
  name === 'cost' || name === 'risk' ? 6 - score : score
