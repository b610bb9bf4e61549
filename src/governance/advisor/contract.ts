/** Routes of the assessment and the advisor. */
import { z } from 'zod'
import { Name } from '../../core/names.ts'
import { route } from '../../wire/route.ts'
import { Answers, QuestionPack } from '../assessment/questions.ts'
import { Advice, AdviceDifference } from './advice.ts'
import { TryOut } from './try-out.ts'

export const getAssessmentQuestions = route({
  name: 'getAssessmentQuestions',
  method: 'GET',
  path: '/api/v1/assessment-questions',
  summary: 'Read the questions of the assessment, in plain words',
  permission: 'view',
  mcp: true,
  returns: { 200: QuestionPack },
})

export const askAdvice = route({
  name: 'askAdvice',
  method: 'POST',
  path: '/api/v1/advice',
  summary: 'Ask what technique answers speak for, and what changing them changes; nothing is kept',
  permission: 'view',
  mcp: true,
  body: z.strictObject({
    answers: Answers,
    /** Other answers to compare with. */
    before: Answers.optional(),
  }),
  example: { answers: { task: 'converse', knowledgeNeed: 'private', knowledgeChange: 'weekly', errorCost: 'unknown' } },
  returns: { 200: z.object({ advice: Advice, difference: AdviceDifference.nullable() }) },
})

export const getAdvice = route({
  name: 'getAdvice',
  method: 'GET',
  path: '/api/v1/applications/:name/advice',
  summary: 'Read what the assessment of an application speaks for, with sources, effort and how to refute it',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  returns: { 200: z.object({ answers: Answers, advice: Advice, tried: z.array(TryOut) }) },
})

export const tryAdvice = route({
  name: 'tryAdvice',
  method: 'POST',
  path: '/api/v1/applications/:name/advice/:rule/experiments',
  summary: 'Start the paired experiment that would refute a rule, in an application of its own',
  permission: 'build',
  mcp: true,
  params: z.object({ name: Name, rule: z.string() }),
  body: z.strictObject({
    /** The suite to run; the first of the blueprint when left out. */
    suite: z.string().optional(),
    /** The other model, `provider/model`, for rules that compare two. */
    model: z
      .string()
      .regex(/^[a-z0-9-]+\/.+$/, 'a model is provider/model')
      .optional(),
  }),
  returns: { 201: TryOut },
})
