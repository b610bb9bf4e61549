/** What the pages of trials and of the change ask. */
import { queryOptions } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export type ServedTrial = Awaited<ReturnType<Client['listTrials']>>['items'][number]
export type WholeTrial = Awaited<ReturnType<Client['getTrial']>>
export type Adoption = Awaited<ReturnType<Client['getAdoption']>>

export const trials = (name: string) =>
  queryOptions({ queryKey: ['trial', 'list', name], queryFn: () => client.listTrials({ params: { name } }) })

export const trial = (id: string) =>
  queryOptions({
    queryKey: ['trial', id],
    queryFn: () => client.getTrial({ params: { id: id as ServedTrial['trial']['id'] } }),
  })

export const adoption = (name: string) =>
  queryOptions({ queryKey: ['application', name, 'adoption'], queryFn: () => client.getAdoption({ params: { name } }) })
