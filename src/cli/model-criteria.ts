/** What is needed of a model, as it is typed: the options of a search, and the criteria that they come to. */
import { type Command, Option } from 'commander'
import type { Client } from '../../sdk/index.ts'
import { UsageError } from './exit-code.ts'

type Criteria = Parameters<Client['searchModels']>[0]['body']
export type Wanted = {
  text?: string
  takes?: string
  context?: string
  licence?: string
  serving?: string
  budget?: string
  requests?: string
  input?: string
  output?: string
  approved?: boolean
  measured?: string
  quality?: string
  latency?: string
  taskCost?: string
  sort?: NonNullable<Criteria['sortBy']>
}

export const wanted = (command: Command): Command =>
  command
    .option('--text <part>', 'a part of its name')
    .option('--takes <list>', 'what it must take: text,image,audio,…')
    .option('--context <tokens>', 'at least so many tokens of context')
    .option('--licence <list>', 'SPDX ids; * stands for anything')
    .option('--serving <list>', 'embedded,self-hosted,cloud,api')
    .option('--budget <dollars>', 'a month; with --requests, --input and --output')
    .option('--requests <range>', 'a month, for example 10000-30000')
    .option('--input <range>', 'tokens of a question, for example 500-1500')
    .option('--output <range>', 'tokens of an answer')
    .option('--approved', 'only models that are approved for production')
    .option('--measured <application/suite>', 'show how each did on these own cases, for the next four')
    .option('--quality <score>', 'what the score that decides must reach for certain')
    .option('--latency <ms>', 'of the median answer, at most')
    .option('--task-cost <micro-usd>', 'of a task, at most')
    .addOption(new Option('--sort <by>', 'within an outcome').choices(['price', 'quality', 'latency', 'cost']))

export function criteriaOf(only: Wanted): Criteria {
  const list = (text: string | undefined) => text?.split(',').map((word) => word.trim())
  return {
    ...(only.text !== undefined && { text: only.text }),
    ...(only.takes !== undefined && { takes: list(only.takes) as NonNullable<Criteria['takes']> }),
    ...(only.context !== undefined && { contextAtLeast: Number(only.context) }),
    ...(only.licence !== undefined && { licences: list(only.licence) as string[] }),
    ...(only.serving !== undefined && { servingModes: list(only.serving) as NonNullable<Criteria['servingModes']> }),
    ...(only.approved && { approvedOnly: true }),
    ...measuredOf(only),
    ...(only.budget !== undefined && {
      budget: {
        dollarsPerMonth: only.budget,
        volume: {
          requestsPerMonth: rangeOf(only.requests),
          inputTokens: rangeOf(only.input),
          outputTokens: rangeOf(only.output),
        },
      },
    }),
  }
}

function measuredOf({ measured, quality, latency, taskCost, sort }: Wanted): Pick<Criteria, 'measured' | 'sortBy'> {
  const sortBy = sort && { sortBy: sort }
  if (measured === undefined) {
    if ([quality, latency, taskCost].some((one) => one !== undefined))
      throw new UsageError(
        '--quality, --latency and --task-cost take --measured application/suite: whose cases decide.',
      )
    return { ...sortBy }
  }
  const [, application = '', suite = ''] = /^([^/]+)\/(.+)$/.exec(measured) ?? []
  return {
    measured: {
      ...{ application, suite },
      ...(quality !== undefined && { quality: Number(quality) }),
      ...(latency !== undefined && { latencyMsAtMost: Number(latency) }),
      ...(taskCost !== undefined && { microUsdPerTaskAtMost: taskCost }),
    },
    ...sortBy,
  }
}

/** `500-1500`, or one number for both ends; the server says what is wrong with it. */
function rangeOf(text = ''): { low: number; high: number } {
  const [low = '', high = low] = text.split('-')
  return { low: low === '' ? Number.NaN : Number(low), high: high === '' ? Number.NaN : Number(high) }
}
