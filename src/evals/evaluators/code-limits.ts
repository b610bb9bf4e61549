/** Limits of code that is run for a row, and whether any may be run. */
import { z } from 'zod'
import type { Reach } from './evaluator.ts'

export const CodeLimits = z.strictObject({
  timeoutMs: z.number().int().min(100).max(60_000).default(5_000),
  memoryMb: z.number().int().min(64).max(2_048).default(512),
})

/** Throws where the installation does not let evaluators run code. */
export function demandCode({ mayRunCode }: Reach): void {
  if (mayRunCode) return
  throw new Error(
    'Evaluators may not run code here. Set AIRWORTHY_EVALUATOR_CODE to 1 if you trust all who write suites.',
  )
}
