/** What the pages of judges ask. */
import { queryOptions } from '@tanstack/react-query'
import type { JudgeState } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export type Calibration = NonNullable<JudgeState['calibration']>
export type Figure = Calibration['result']['sensitivity']

export const judgesOf = (application: string) =>
  queryOptions({
    queryKey: ['calibration', 'judges', application],
    queryFn: () => client.listJudges({ params: { name: application } }),
  })

export const calibrationsOf = (application: string, judge: string) =>
  queryOptions({
    queryKey: ['calibration', 'list', application, judge],
    queryFn: () => client.listCalibrations({ query: { application, judge, limit: 200 } }),
  })

/** The queue whose labels a judge was held against; undefined for verdicts that come from elsewhere. */
export const queueOf = ({ source }: Pick<Calibration, 'source'>): string | undefined =>
  /^queue (que_\S+)$/.exec(source)?.[1]
