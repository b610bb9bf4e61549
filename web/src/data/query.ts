/** The one cache of answers. What a page shows stays while newer values are on their way, so nothing jumps. */
import { QueryClient } from '@tanstack/react-query'
import { AirworthyError } from '../../../sdk/index.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (count, failure) => !(failure instanceof AirworthyError && failure.status < 500) && count < 2,
    },
  },
})
