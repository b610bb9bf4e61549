/** What the pages of models ask beside cards and approvals: searches, shortlists, comparisons, weights, probes, tasks. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'
import type { Criteria } from './shapes.ts'

export const modelSearch = (criteria: Criteria) =>
  queryOptions({
    queryKey: ['model-card', 'search', criteria],
    queryFn: () => client.searchModels({ body: criteria }),
    // While somebody types the last answer stays.
    placeholderData: keepPreviousData,
  })

/** Suites of the newest release of an application. */
export const suitesOf = (name: string) =>
  queryOptions({
    queryKey: ['experiment', 'suites', name],
    queryFn: () => client.listSuites({ params: { name } }),
  })

export const shortlists = queryOptions({
  queryKey: ['model-shortlist', 'list'],
  queryFn: () => client.listShortlists({ query: { limit: 50 } }),
})

export const shortlist = (id: string) =>
  queryOptions({
    queryKey: ['model-shortlist', id],
    queryFn: () => client.getShortlist({ params: { id: id as never } }),
  })

export const shortlistDecision = (id: string) =>
  queryOptions({
    queryKey: ['model-shortlist', id, 'decision'],
    queryFn: () => client.getShortlistDecision({ params: { id: id as never } }),
  })

/** Its jobs tell when it is over. */
export const modelTimings = (name: string) =>
  queryOptions({
    queryKey: ['job', 'model-timings', name],
    queryFn: () => client.listModelTimings({ params: { name } }),
  })

export const modelRounds = (name: string) =>
  queryOptions({
    queryKey: ['model-round', name],
    queryFn: () => client.listModelRounds({ params: { name } }),
  })

export const modelComparison = (query: { application: string; suite: string; reference?: string }) =>
  queryOptions({ queryKey: ['experiment', 'comparison', query], queryFn: () => client.compareModels({ query }) })

export const modelWeighing = (body: Parameters<typeof client.weighModels>[0]['body']) =>
  queryOptions({
    queryKey: ['experiment', 'weighing', body],
    queryFn: () => client.weighModels({ body }),
    // While somebody moves a weight the last answer stays.
    placeholderData: keepPreviousData,
  })

export const modelTasks = queryOptions({
  queryKey: ['model-watch', 'tasks'],
  queryFn: () => client.listModelTasks({ query: { state: 'open' } }),
})

export const modelProbes = (model: string) =>
  queryOptions({
    queryKey: ['model-watch', 'probes', model],
    queryFn: () => client.listModelProbes({ query: { model, limit: 10 } }),
  })

export const modelWeights = (model: string) =>
  queryOptions({
    queryKey: ['model-card', 'weights', model],
    queryFn: () => client.listModelWeights({ query: { model, limit: 10 } }),
  })

/** Below cards, because a card, a record and weights change it. */
export const modelLineage = (model: string) =>
  queryOptions({
    queryKey: ['model-card', 'lineage', model],
    queryFn: () => client.getModelLineage({ params: { model } }),
  })

export const trainingRuns = (query: { model?: string; dataset?: string }) =>
  queryOptions({
    queryKey: ['model-card', 'training-runs', query],
    queryFn: () => client.listTrainingRuns({ query: { ...query, limit: 50 } }),
  })

export const advisories = (model: string) =>
  queryOptions({
    queryKey: ['advisory', model],
    queryFn: () => client.listAdvisories({ query: { model, limit: 100 } }),
  })

/** Below cards, so that a new provider asks again. */
export const platforms = queryOptions({ queryKey: ['model-card', 'platforms'], queryFn: () => client.listPlatforms() })
