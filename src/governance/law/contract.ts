/** Routes of law: what laws ask of an application, and the answers that it rests on. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { Answers } from '../assessment/questions.ts'
import { AS_PAPER } from '../plan/as-paper.ts'
import { LawView } from './law-view.ts'
import { LawPack } from './pack.ts'

const one = z.object({ name: Name })

export const listLaws = route({
  name: 'listLaws',
  method: 'GET',
  path: '/api/v1/laws',
  summary: 'List the laws that are here as data, with their questions, dates and sources; no legal advice',
  permission: 'view',
  mcp: true,
  returns: {
    200: z.object({ items: z.array(LawPack.omit({ scope: true, classes: true, screening: true, obligations: true })) }),
  },
})

export const getLaw = route({
  name: 'getLaw',
  method: 'GET',
  path: '/api/v1/applications/:name/law',
  summary: 'Read what laws ask of an application, from when, and which evidence is relevant; no legal advice',
  permission: 'view',
  mcp: true,
  params: one,
  returns: { 200: LawView },
})

export const answerLaw = route({
  name: 'answerLaw',
  method: 'PUT',
  path: '/api/v1/applications/:name/law/answers',
  summary: 'Answer questions of the laws; the answers stand in classification.yaml, and what is not sent stays',
  permission: 'build',
  mcp: true,
  params: one,
  body: z.strictObject({ answers: Answers }),
  example: { answers: { aiRole: 'deployer', aiTalks: 'yes' } },
  returns: { 200: LawView },
})

export const exportLaw = route({
  name: 'exportLaw',
  method: 'GET',
  path: '/api/v1/applications/:name/law/paper',
  summary: 'Print what laws ask as Markdown, as a page, or as a table',
  permission: 'view',
  params: one,
  ...AS_PAPER,
})
