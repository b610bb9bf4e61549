/** What the pages of annotation ask. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from '../data/client.ts'

export type Show = NonNullable<NonNullable<Parameters<typeof client.listAnnotationItems>[0]['query']>['show']>

export const annotationQueues = (application?: string) =>
  queryOptions({
    queryKey: ['annotation', 'list', application],
    queryFn: () => client.listAnnotationQueues({ query: { limit: 200, ...(application && { application }) } }),
  })

export const annotationQueue = (id: string) =>
  queryOptions({ queryKey: ['annotation', id], queryFn: () => client.getAnnotationQueue({ params: { id } }) })

const ITEMS = 500

/** The answers of a queue in their order. */
export const annotationItems = (id: string, show: Show) =>
  infiniteQueryOptions({
    queryKey: ['annotation', id, 'items', show],
    queryFn: ({ pageParam }) =>
      client.listAnnotationItems({
        params: { id },
        query: { show, limit: ITEMS, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

/** Guidelines and choices for who labels: asked once, because each label of anybody changes the progress. */
export const guidelinesOf = (id: string) =>
  queryOptions({
    queryKey: ['annotation-guidelines', id],
    queryFn: () => client.getAnnotationQueue({ params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })

/** Each time a page is opened anew; the page counts on by itself. */
export const annotationWork = (id: string) =>
  queryOptions({
    queryKey: ['annotation-work', id],
    queryFn: () => client.getAnnotationWork({ params: { id } }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

export const annotationTask = (item: string) =>
  queryOptions({
    queryKey: ['annotation-task', item],
    queryFn: () => client.getAnnotationTask({ params: { id: item } }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
