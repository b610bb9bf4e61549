/** Routes of ideas and of the guided flow. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { Guide } from './guide.ts'
import { GuideAnswers, Idea, IdeaId, IdeaScores, IdeaScoring } from './idea.ts'
import { RankedIdea, Weights } from './ranking.ts'

const one = z.object({ id: IdeaId })
const Change = z.strictObject({
  title: z.string().trim().min(1).max(200),
  scores: IdeaScores.partial(),
  /** Of the guided flow; null takes an answer back, and what is not sent stays. */
  answers: GuideAnswers,
})

export const getGuide = route({
  name: 'getGuide',
  method: 'GET',
  path: '/api/v1/guide',
  summary: 'Read the steps and fields of the guided plan, in plain words',
  permission: 'view',
  returns: { 200: Guide.extend({ fields: z.number().int() }) },
})

export const createIdea = route({
  name: 'createIdea',
  method: 'POST',
  path: '/api/v1/ideas',
  summary: 'Write an idea down',
  permission: 'build',
  mcp: true,
  body: Change.partial({ scores: true, answers: true }).extend({
    /** The application whose users it came from. */
    parent: Name.optional(),
  }),
  example: { title: 'Answers for our customers', scores: { impact: 4 } },
  returns: { 201: Idea },
})

export const listIdeas = route({
  name: 'listIdeas',
  method: 'GET',
  path: '/api/v1/ideas',
  summary: 'List ideas, the best first by the weights that are sent',
  permission: 'view',
  mcp: true,
  query: Weights,
  returns: { 200: z.object({ weights: Weights, items: z.array(RankedIdea) }) },
})

export const getIdea = route({
  name: 'getIdea',
  method: 'GET',
  path: '/api/v1/ideas/:id',
  summary: 'Read an idea with how it was scored over time',
  permission: 'view',
  params: one,
  returns: { 200: z.object({ idea: Idea, scorings: z.array(IdeaScoring) }) },
})

export const updateIdea = route({
  name: 'updateIdea',
  method: 'PUT',
  path: '/api/v1/ideas/:id',
  summary: 'Change an idea: its title, scores or answers; what is not sent stays',
  permission: 'build',
  params: one,
  body: Change.partial(),
  returns: { 200: Idea },
})

export const beginApplication = route({
  name: 'beginApplication',
  method: 'POST',
  path: '/api/v1/ideas/:id/application',
  summary: 'Make an application of an idea, with its plan filled in from the answers',
  permission: 'build',
  mcp: true,
  params: one,
  body: z.strictObject({ name: Name, template: z.string().optional() }),
  returns: { 201: Idea },
})
