/** Routes of ideas and of the guided flow. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { Digest } from '../../kernel/digest.ts'
import { route } from '../../wire/route.ts'
import { Guide } from './guide.ts'
import { GuideAnswers, Idea, IdeaId, IdeaScores, IdeaScoring } from './idea.ts'
import { IdeaLineage } from './lineage.ts'
import { RankedIdea, Weights } from './ranking.ts'
import { IdeaSuggestion } from './suggestions.ts'

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

const ofApplication = z.object({ name: Name })

export const listIdeaSuggestions = route({
  name: 'listIdeaSuggestions',
  method: 'GET',
  path: '/api/v1/applications/:name/idea-suggestions',
  summary:
    'What users asked for in four weeks and did not get, in groups of words: requests that failed, were not answered or helped nobody',
  permission: 'view',
  mcp: true,
  params: ofApplication,
  returns: { 200: z.object({ items: z.array(IdeaSuggestion) }) },
})

export const takeIdeaSuggestion = route({
  name: 'takeIdeaSuggestion',
  method: 'POST',
  path: '/api/v1/applications/:name/idea-suggestions/:key/idea',
  summary: 'Make an idea of what users asked for; it keeps where it came from',
  permission: 'build',
  mcp: true,
  params: ofApplication.extend({ key: Digest }),
  body: z.strictObject({ title: z.string().trim().min(1).max(200).optional() }),
  example: { title: 'Insurance for parcels' },
  returns: { 201: Idea },
})

export const getIdeaLineage = route({
  name: 'getIdeaLineage',
  method: 'GET',
  path: '/api/v1/applications/:name/idea-lineage',
  summary: 'The ideas that an application came from, up to the first, and those that came from its users',
  permission: 'view',
  mcp: true,
  params: ofApplication,
  returns: { 200: IdeaLineage },
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
