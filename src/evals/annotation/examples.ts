/** What people settled on, as examples of the split calibration with the provenance of each. Pure. */
import { settledValue } from './agreement.ts'
import type { ItemLabel, QueueId, QueueItem } from './annotation.ts'

export function asExamples(
  queue: QueueId,
  items: readonly (QueueItem & { labels: ItemLabel[] })[],
): { rows: number; unsettled: number; content: string } {
  const settled = items.flatMap((item) => {
    const value = settledValue(item.adjudicated, item.labels)
    return value === undefined ? [] : [{ ...item, value }]
  })
  const lines = settled.map(({ id, input, answer, value, source, labels, adjudicated }) =>
    JSON.stringify({
      id,
      input,
      expected: value,
      split: 'calibration',
      source: `queue ${queue}`,
      metadata: {
        answer,
        from: source,
        labels: labels.map(({ by, value: said, at }) => ({ by, value: said, at })),
        ...(adjudicated && { adjudicatedBy: adjudicated.by }),
      },
    }),
  )
  return { rows: lines.length, unsettled: items.length - lines.length, content: `${lines.join('\n')}\n` }
}
