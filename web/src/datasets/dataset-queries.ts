/** What the pages of datasets ask for. */
import { queryOptions } from '@tanstack/react-query'
import { client } from '../data/client.ts'

export const dataset = (name: string) =>
  queryOptions({ queryKey: ['dataset', name], queryFn: () => client.getDataset({ params: { dataset: name } }) })

export const versions = (name: string) =>
  queryOptions({
    queryKey: ['dataset', name, 'versions'],
    queryFn: () => client.listDatasetVersions({ params: { dataset: name }, query: { limit: 100 } }),
  })

export const importedFiles = (name: string) =>
  queryOptions({
    queryKey: ['dataset', name, 'files'],
    queryFn: () => client.listImportedFiles({ params: { dataset: name }, query: { limit: 20 } }),
  })

export const qualityRuns = (name: string) =>
  queryOptions({
    queryKey: ['dataset', name, 'quality'],
    queryFn: () => client.listQualityRuns({ params: { dataset: name }, query: { limit: 10 } }),
  })

export const quarantine = (name: string) =>
  queryOptions({
    queryKey: ['dataset', name, 'quarantine'],
    queryFn: () => client.listQuarantine({ params: { dataset: name }, query: { limit: 200 } }),
  })

export const holdoutReads = (name: string) =>
  queryOptions({
    queryKey: ['dataset', name, 'holdout-reads'],
    queryFn: () => client.listHoldoutReads({ params: { dataset: name } }),
  })

export const generations = (name: string) =>
  queryOptions({
    queryKey: ['dataset', name, 'generations'],
    queryFn: () => client.listGenerations({ params: { dataset: name } }),
  })

export const generation = (name: string, id: string) =>
  queryOptions({
    queryKey: ['dataset', name, 'generations', id],
    queryFn: () => client.getGeneration({ params: { dataset: name, id } }),
  })
