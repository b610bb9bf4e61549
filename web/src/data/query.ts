/** The one cache of answers. What a page shows stays while newer values are on their way, so nothing jumps. */
import { QueryClient } from '@tanstack/react-query'
import { AirworthyError } from '../../../sdk/index.ts'
import { isCounting } from './failure.ts'

/** How often a page asks how far a job is that counts its answer. */
const COUNTING_MS = 1_500
const LONGEST_MS = 30_000

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (count, failure) =>
        isCounting(failure) || (!(failure instanceof AirworthyError && failure.status < 500) && count < 2),
      retryDelay: (count, failure) => (isCounting(failure) ? COUNTING_MS : Math.min(1000 * 2 ** count, LONGEST_MS)),
    },
  },
})
