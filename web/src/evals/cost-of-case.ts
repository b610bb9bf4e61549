/** What one case costs in an arm. */
import type { ExperimentArm } from '../../../sdk/index.ts'

/** Micro-dollars of one run that did not fail; null when the cost of one of them is not known. */
export const costOfCase = ({
  costMicroUsd,
  rows,
  failed,
}: Pick<ExperimentArm, 'costMicroUsd' | 'rows' | 'failed'>): number | null =>
  costMicroUsd === null || rows === failed ? null : Number(costMicroUsd) / (rows - failed)
