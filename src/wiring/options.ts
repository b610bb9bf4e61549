/** What the house is given when it starts, and what it gives back. */
import type { Access } from '../access/index.ts'
import type { ApiListener } from '../api/index.ts'
import type { Config } from '../config.ts'
import type { Clock } from '../kernel/time.ts'
import type { StoreOptions } from '../store/store.ts'
import type { MetricFamily } from '../wire/metrics.ts'
import type { GatewayPart } from './door.ts'

export type AirworthyOptions = {
  readonly config: Config
  /** The folder of the project: packs, templates, data, web. */
  readonly root: string
  /** A line for whoever started it. */
  readonly print: (line: string) => void
  readonly clock?: Clock
  /** The data folder being opened already, or an engine of a test. */
  readonly store?: Pick<StoreOptions, 'opening' | 'engine' | 'queueSchema' | 'part'>
  /** The file that a gateway process runs; without it there are none. */
  readonly workerProgram?: string
  /** Said in such a process. */
  readonly worker?: GatewayPart
  /** The pages are not built in tests that show none. */
  readonly pages?: boolean
}

export type Airworthy = {
  readonly url: string
  readonly access: Access
  readonly listener: ApiListener
  /** Empty in a process without the role api. */
  readonly ownerToken: string
  /** What a gateway process counts. */
  figures(): MetricFamily[]
  close(): Promise<void>
}
