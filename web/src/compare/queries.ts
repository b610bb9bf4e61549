/** What the page that compares asks. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Experiment } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export const armComparison = (arms: readonly string[], reference: string | undefined) =>
  queryOptions({
    queryKey: ['experiment', 'arms', arms, reference],
    queryFn: () => client.compareArms({ query: { arms: arms.join(','), ...(reference && { reference }) } }),
    enabled: arms.length >= 2,
  })

const CASES = 200

/** All arms ran the same examples in the order of the dataset, so that their pages lie side by side. */
export const comparedCases = (arms: readonly string[]) =>
  infiniteQueryOptions({
    queryKey: ['experiment', 'compared-cases', arms],
    queryFn: ({ pageParam }) =>
      Promise.all(
        arms.map((one) => {
          const [id = '', arm = 'candidate'] = one.split(':')
          return client.listExperimentRows({
            params: { id },
            query: { arm, order: 'dataset', limit: CASES, ...(pageParam && { cursor: pageParam }) },
          })
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (pages) => pages.find(({ next }) => next !== null)?.next,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: arms.length >= 2,
  })

export const corpusComparison = (arms: readonly string[], reference: string | undefined) =>
  queryOptions({
    queryKey: ['experiment', 'corpus', arms, reference],
    queryFn: () => client.compareCorpusFigures({ query: { arms: arms.join(','), ...(reference && { reference }) } }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Experiments that have ended, for choosing arms. */
export const ended = (application: string) =>
  queryOptions({
    queryKey: ['experiment', 'ended', application],
    queryFn: () => client.listExperiments({ query: { application, state: 'succeeded', limit: 100 } }),
  })

/** Where arms stand side by side; the page chooses where none are named. */
export const compareHref = (application: string, arms: readonly string[] = []): string =>
  `/applications/${application}/compare${arms.length > 0 ? `?arms=${arms.join(',')}` : ''}`

export const armsOf = ({ id, arms }: Experiment): string[] => arms.map(({ arm }) => `${id}:${arm}`)

const FIRST = 6

/**
 * The arms to begin with: of the suite that was measured last, the newest measurement of each different thing. Two arms
 * are the same thing when the same parts answered.
 */
export function firstArms(experiments: readonly Experiment[]): string[] {
  const newest = experiments[0]
  const seen = new Set<string>()
  return experiments
    .filter(({ suite, dataset }) => suite === newest?.suite && dataset === newest.dataset)
    .flatMap(({ id, arms }) =>
      arms.flatMap(({ arm, behaviour }) => {
        const what = behaviour.map(({ digest }) => digest).join()
        if (seen.has(what)) return []
        seen.add(what)
        return [`${id}:${arm}`]
      }),
    )
    .slice(0, FIRST)
}
