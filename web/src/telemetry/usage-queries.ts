/** What the page of usage asks for, which shows no latencies. Traffic changes it all the time, so it is asked again by the clock, not by events. */
import { queryOptions } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import type { ScopeLimits, UsageBy } from '../data/shapes.ts'
import type { Span } from './usage-time.ts'

const AGAIN_MS = 10_000

export type UsageFilter = { readonly application?: string; readonly model?: string }

export const usage = (by: string, span: Span, filter: UsageFilter) =>
  queryOptions({
    queryKey: ['usage', by, span, filter],
    queryFn: () => client.getUsageBy({ query: { by, ...span, ...filter, latencies: 'false' } }),
    refetchInterval: AGAIN_MS,
    placeholderData: (before: UsageBy | undefined) => before,
  })

/** Limits of what is shown: of the application, else of the organisation. */
export const capOf = (application: string | undefined) =>
  queryOptions({
    queryKey: ['limits', 'shown', application ?? ''],
    queryFn: (): Promise<ScopeLimits> =>
      application === undefined
        ? client.getScopeLimits({ params: { scope: 'organisation', name: 'default' } })
        : client.getScopeLimits({ params: { scope: 'application', name: application } }),
  })
