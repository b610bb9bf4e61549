/** What the pages of studies ask. */
import { queryOptions } from '@tanstack/react-query'
import { client } from '../data/client.ts'

// Under the key of annotation, so that a choice of anybody brings the page up to date.
export const studies = (application?: string) =>
  queryOptions({
    queryKey: ['annotation', 'studies', application],
    queryFn: () => client.listStudies({ query: { limit: 200, ...(application && { application }) } }),
  })

export const study = (id: string) =>
  queryOptions({ queryKey: ['annotation', 'study', id], queryFn: () => client.getStudy({ params: { id } }) })

/** The shortest words that tell the arms of a study apart. */
export function armLabels(arms: readonly { readonly id: string; readonly label: string }[]): (arm: string) => string {
  const counts = Map.groupBy(arms, ({ label }) => label)
  return (arm) => {
    const at = arms.findIndex(({ id }) => id === arm)
    const label = arms[at]?.label ?? arm
    return (counts.get(label)?.length ?? 0) > 1 ? `${label} (${at + 1})` : label
  }
}
