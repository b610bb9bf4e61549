/** What usage is asked for. */
import type { ReleaseId } from '../../core/release.ts'
import type { Instant } from '../../kernel/time.ts'
import type { UsageGroup } from '../usage-contract.ts'

export type UsageAsk = {
  by: readonly UsageGroup[]
  since: Instant
  until: Instant
  application: string | undefined
  release: ReleaseId | undefined
  model: string | undefined
  limit: number
}
