/** What the pages of upkeep ask. */
import { queryOptions } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export type Entry = Awaited<ReturnType<Client['listUpkeep']>>['items'][number]
export type Sheet = Awaited<ReturnType<Client['getReviewSheet']>>
export type Review = Awaited<ReturnType<Client['listReviews']>>['items'][number]

/** Dates follow from records of many kinds, so it is asked again each time that the page is opened. */
export const upkeep = (application?: string) =>
  queryOptions({
    queryKey: ['upkeep', application],
    queryFn: () => client.listUpkeep({ query: application === undefined ? {} : { application } }),
    staleTime: 0,
  })

export const reviewSheet = (name: string) =>
  queryOptions({
    queryKey: ['review', 'sheet', name],
    queryFn: () => client.getReviewSheet({ params: { name } }),
    staleTime: 0,
  })

export const reviews = (name: string) =>
  queryOptions({ queryKey: ['review', name], queryFn: () => client.listReviews({ params: { name } }) })
