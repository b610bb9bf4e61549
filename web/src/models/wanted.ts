/** What the form of a search says, as the criteria that the server takes. What cannot be read is not asked for. */
import type { Criteria } from '../data/shapes.ts'

export type Wanted = Readonly<
  Record<
    | 'text'
    | 'takes'
    | 'serving'
    | 'must'
    | 'context'
    | 'licences'
    | 'budget'
    | 'approved'
    | 'requests'
    | 'input'
    | 'output'
    | 'application'
    | 'suite'
    | 'quality'
    | 'latency'
    | 'taskCost'
    | 'sortBy',
    string
  >
>

export const NOTHING_WANTED: Wanted = {
  text: '',
  takes: '',
  serving: '',
  must: '',
  context: '',
  licences: '',
  budget: '',
  approved: '',
  requests: '10000-30000',
  input: '500-1500',
  output: '100-300',
  application: '',
  suite: '',
  quality: '',
  latency: '',
  taskCost: '',
  sortBy: 'price',
}

export function criteriaOf(wanted: Wanted): Criteria {
  const { text, takes, serving, must, context, approved, budget } = wanted
  const licences = wanted.licences.split(',').flatMap((one) => one.trim() || [])
  const volume = {
    requestsPerMonth: rangeOf(wanted.requests),
    inputTokens: rangeOf(wanted.input),
    outputTokens: rangeOf(wanted.output),
  }
  const { requestsPerMonth, inputTokens, outputTokens } = volume
  const dollarsPerMonth = /^\d+(\.\d{1,6})?$/.test(budget) ? budget : undefined
  return {
    ...(text !== '' && { text }),
    ...(takes !== '' && { takes: takes === 'text' ? ['text'] : ['text', takes as 'image' | 'audio'] }),
    ...(serving !== '' && { servingModes: [serving as 'api'] }),
    ...(must !== '' && { must: [must as 'tools'] }),
    ...(/^\d+$/.test(context) && { contextAtLeast: Number(context) }),
    ...(licences.length > 0 && { licences }),
    ...(approved !== '' && { approvedOnly: true }),
    ...(dollarsPerMonth !== undefined &&
      requestsPerMonth &&
      inputTokens &&
      outputTokens && { budget: { dollarsPerMonth, volume: { requestsPerMonth, inputTokens, outputTokens } } }),
    ...measuredOf(wanted),
  }
}

/** Nothing is asked of own figures before it is said whose cases they are of. */
function measuredOf(wanted: Wanted): Pick<Criteria, 'measured' | 'sortBy'> {
  const { application, suite, quality, latency, taskCost, sortBy } = wanted
  if (application === '' || suite === '') return {}
  return {
    measured: {
      ...{ application, suite },
      ...(isDecimal(quality) && { quality: Number(quality) }),
      ...(isDecimal(latency) && Number(latency) > 0 && { latencyMsAtMost: Number(latency) }),
      ...(isDecimal(taskCost) && { microUsdPerTaskAtMost: taskCost }),
    },
    sortBy: sortBy as NonNullable<Criteria['sortBy']>,
  }
}

const isDecimal = (text: string): boolean => /^\d+(\.\d{1,6})?$/.test(text)

/** `500-1500`, or one number for both ends. */
function rangeOf(text: string): { low: number; high: number } | undefined {
  const [, low, high = low] = /^\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?$/.exec(text) ?? []
  if (low === undefined || Number(low) > Number(high)) return undefined
  return { low: Number(low), high: Number(high) }
}
