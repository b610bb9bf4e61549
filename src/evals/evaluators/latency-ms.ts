/** Time from question to whole answer. */
import { z } from 'zod'
import { evaluator } from './evaluator.ts'

export const latencyMs = evaluator({
  id: 'latency-ms',
  version: 1,
  kind: 'mean',
  unit: 'ms',
  better: 'lower',
  range: { low: 0, high: null },
  needs: [],
  cost: 'none',
  source: 'the clock of this machine',
  description: 'Milliseconds from question to whole answer, as this machine measured them.',
  options: z.strictObject({}),
  scorer:
    () =>
    ({ result }) => ({ score: result.latencyMs, detail: 'measured' }),
})
