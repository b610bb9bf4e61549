/** What the pages of people ask. */
import { queryOptions } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export type TrainingModule = Awaited<ReturnType<Client['listTrainingModules']>>['items'][number]
export type ApplicationTraining = Awaited<ReturnType<Client['getApplicationTraining']>>
export type GroupState = ApplicationTraining['groups'][number]
export type Attempt = Awaited<ReturnType<Client['takeQuiz']>>
export type TrainingPolicy = Awaited<ReturnType<Client['getTrainingPolicy']>>

export const trainingModules = queryOptions({
  queryKey: ['training', 'modules'],
  queryFn: () => client.listTrainingModules(),
})

export const trainingCompletion = queryOptions({
  queryKey: ['training', 'completion'],
  queryFn: () => client.getTrainingCompletion(),
})

export const trainingPolicy = queryOptions({
  queryKey: ['training', 'policy'],
  queryFn: () => client.getTrainingPolicy(),
})

export const applicationTraining = (name: string) =>
  queryOptions({
    queryKey: ['training', name],
    queryFn: () => client.getApplicationTraining({ params: { name } }),
  })
