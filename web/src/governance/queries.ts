/** What the pages of the plan ask. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export type Answers = Parameters<Client['askAdvice']>[0]['body']['answers']
export type Advice = Awaited<ReturnType<Client['getAdvice']>>['advice']
export type RuleAdvice = Advice['rules'][number]
export type Difference = NonNullable<Awaited<ReturnType<Client['askAdvice']>>['difference']>
export type QuestionPack = Awaited<ReturnType<Client['getAssessmentQuestions']>>
export type Question = QuestionPack['questions'][number]

export const assessmentQuestions = queryOptions({
  queryKey: ['assessment-questions'],
  queryFn: () => client.getAssessmentQuestions(),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Below the application, so that a change of its blueprint asks again. */
export const advice = (name: string) =>
  queryOptions({ queryKey: ['application', name, 'advice'], queryFn: () => client.getAdvice({ params: { name } }) })

export const askedAdvice = (answers: Answers, before: Answers) =>
  queryOptions({
    queryKey: ['advice', answers, before],
    queryFn: () => client.askAdvice({ body: { answers, before } }),
    // While somebody answers the last advice stays.
    placeholderData: keepPreviousData,
  })

export type Plan = Awaited<ReturnType<Client['getPlan']>>
export type DocumentName = Parameters<Client['getDocument']>[0]['params']['document']

export const plan = (name: string, priceFactor = 1) =>
  queryOptions({
    queryKey: ['application', name, 'plan', priceFactor],
    queryFn: () => client.getPlan({ params: { name }, query: { priceFactor } }),
    placeholderData: keepPreviousData,
  })

export const document = (name: string, which: DocumentName) =>
  queryOptions({
    queryKey: ['application', name, 'document', which],
    queryFn: () => client.getDocument({ params: { name, document: which } }),
  })

export const kpiPresets = queryOptions({
  queryKey: ['kpi-presets'],
  queryFn: () => client.listKpiPresets(),
  staleTime: Number.POSITIVE_INFINITY,
})

export type Idea = Awaited<ReturnType<Client['getIdea']>>['idea']
export type RankedIdea = Awaited<ReturnType<Client['listIdeas']>>['items'][number]
export type Weights = Awaited<ReturnType<Client['listIdeas']>>['weights']
export type Guide = Awaited<ReturnType<Client['getGuide']>>
export type GuideField = Guide['steps'][number]['fields'][number]

export const guide = queryOptions({
  queryKey: ['guide'],
  queryFn: () => client.getGuide(),
  staleTime: Number.POSITIVE_INFINITY,
})

export const ideas = (weights: Weights) =>
  queryOptions({
    queryKey: ['idea', 'list', weights],
    queryFn: () => client.listIdeas({ query: weights }),
    placeholderData: keepPreviousData,
  })

export const idea = (id: string) =>
  queryOptions({ queryKey: ['idea', id], queryFn: () => client.getIdea({ params: { id: id as Idea['id'] } }) })

export type ThreatModel = Awaited<ReturnType<Client['getThreatModel']>>
export const threatModel = (name: string) =>
  queryOptions({
    queryKey: ['application', name, 'threats'],
    queryFn: () => client.getThreatModel({ params: { name } }),
  })

export type ImpactFollowing = Awaited<ReturnType<Client['getImpact']>>
export const impact = (name: string) =>
  queryOptions({ queryKey: ['application', name, 'impact'], queryFn: () => client.getImpact({ params: { name } }) })

export type CostForecast = Awaited<ReturnType<Client['getCostForecast']>>
export const costForecast = (name: string, ask: { priceFactor: number; requestsPerDay?: number }) =>
  queryOptions({
    queryKey: ['application', name, 'cost', ask],
    queryFn: () => client.getCostForecast({ params: { name }, query: ask }),
    placeholderData: keepPreviousData,
  })

export type Compass = Awaited<ReturnType<Client['getCompass']>>
export type Persona = Compass['persona']
export type Phase = Compass['items'][number]['phase']
type CompassQuery = NonNullable<NonNullable<Parameters<Client['getCompass']>[0]>['query']>
export type Workload = NonNullable<CompassQuery['workload']>
/** The first of them, or with `isWhole` all. */
export const compass = (
  persona: Persona,
  { phase, workload, isWhole }: { phase: Phase | undefined; workload: Workload | undefined; isWhole: boolean },
) =>
  queryOptions({
    queryKey: ['application', 'compass', persona, phase, workload, isWhole],
    queryFn: () =>
      client.getCompass({
        query: { persona, ...(phase && { phase }), ...(workload && { workload }), ...(isWhole && { limit: 1000 }) },
      }),
  })

export const alerts = queryOptions({ queryKey: ['alert'], queryFn: () => client.listAlerts({ query: {} }) })
export const maturity = queryOptions({ queryKey: ['maturity'], queryFn: () => client.listMaturity() })
export const remarks = queryOptions({ queryKey: ['remark'], queryFn: () => client.listRemarks() })

export type IdeaSuggestion = Awaited<ReturnType<Client['listIdeaSuggestions']>>['items'][number]
export type IdeaLineage = Awaited<ReturnType<Client['getIdeaLineage']>>
/** Below ideas, so that a new one asks again. */
export const ideaSuggestions = (name: string) =>
  queryOptions({
    queryKey: ['idea', 'suggestions', name],
    queryFn: () => client.listIdeaSuggestions({ params: { name } }),
  })
export type UsagePatterns = Awaited<ReturnType<Client['getUsagePatterns']>>
/** Traffic changes it all the time; asked anew with each look. */
export const usagePatterns = (name: string) =>
  queryOptions({
    queryKey: ['usage', 'patterns', name],
    queryFn: () => client.getUsagePatterns({ params: { name }, query: {} }),
  })
export const ideaLineage = (name: string) =>
  queryOptions({ queryKey: ['idea', 'lineage', name], queryFn: () => client.getIdeaLineage({ params: { name } }) })

export type AlertLines = Awaited<ReturnType<Client['getAlertLines']>>
export const alertLines = (name: string) =>
  queryOptions({ queryKey: ['alert', 'lines', name], queryFn: () => client.getAlertLines({ params: { name } }) })

export type PhasedObject = Awaited<ReturnType<Client['listObjects']>>['items'][number]
/** Below the application, so that whatever changes of one asks again. */
export const phasedObjects = (phase: Phase | undefined, application: string | undefined) =>
  queryOptions({
    queryKey: ['application', 'phased', phase, application],
    queryFn: () => client.listObjects({ query: { ...(phase && { phase }), ...(application && { application }) } }),
  })
