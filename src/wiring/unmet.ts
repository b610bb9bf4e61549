/** Requests that were not met, put together by what is alike in them, as failed cases of experiments are. */
import { clusterFailures } from '../evals/index.ts'
import type { IdeasDeps } from '../governance/index.ts'

type Request = Parameters<IdeasDeps['groupUnmet']>[0][number]

const kindOf = ({ error, abstained }: Request) => (error !== null ? 'error' : abstained ? 'abstained' : 'wrong')

/** By their words alone: what failed with one code may be many wishes. */
export const groupUnmet: IdeasDeps['groupUnmet'] = (requests) =>
  [...Map.groupBy(requests, kindOf)].flatMap(([kind, members]) =>
    clusterFailures(
      members.map(({ traceId, question }) => ({
        ...{ example: traceId, question, error: null, abstained: false, detail: '' },
      })),
    ).map(({ terms, examples }) => ({ kind, terms, traces: examples })),
  )
