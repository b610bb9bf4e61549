/** Cost of the answer; an unknown price is missing, never 0. */
import { z } from 'zod'
import { approximateMicroUsd } from '../../kernel/money.ts'
import { evaluator, notApplicable } from './evaluator.ts'

export const costMicroUsd = evaluator({
  id: 'cost-micro-usd',
  version: 1,
  kind: 'mean',
  unit: 'micro-USD',
  better: 'lower',
  range: { low: 0, high: null },
  needs: [],
  cost: 'none',
  source: 'the price book of the release',
  description: 'Micro-dollars an answer costs by the price book of the release.',
  options: z.strictObject({}),
  scorer:
    () =>
    ({ result }) =>
      result.costMicroUsd === null
        ? notApplicable('the price is not known')
        : { score: approximateMicroUsd(result.costMicroUsd), detail: 'by the price book' },
})
