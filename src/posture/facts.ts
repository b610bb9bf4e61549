/** What a look at the installation needs to know; gathered at the edge, so that what is made of it can be tried. */
import type { Instant } from '../kernel/time.ts'

/** A file or folder of this machine; null when it is not there. */
export type PlaceMode = { readonly path: string; readonly mode: number } | null

export type PostureFacts = {
  readonly now: Instant
  /** False where only this machine can reach the port. */
  readonly isReachable: boolean
  /** TLS of its own, of a proxy in front as the public address says, or none. */
  readonly transport: 'own' | 'in-front' | 'none'
  /** People are told the name that a certificate has, and probes of our own ask it. */
  readonly hasPublicUrl: boolean
  readonly proxyHops: number
  /** Undefined where the system knows no such number, as on Windows. */
  readonly userId: number | undefined
  readonly folder: PlaceMode
  /** Files that hold a secret in clear. */
  readonly secretFiles: readonly PlaceMode[]
  readonly masterKeyIsFile: boolean
  readonly secondFactor: boolean
  /** People who may attest, waive or promote, and how many of them have a second factor. */
  readonly approvers: { readonly all: number; readonly withSecondFactor: number }
  /** limited: refused, but for those that the settings name. */
  readonly privateAddresses: 'allowed' | 'limited'
  readonly evaluatorCode: boolean
  readonly audit: 'intact' | 'broken' | 'unknown'
  readonly anchorIsInside: boolean
  readonly retentionDays: number | undefined
  /** What was asked and answered; older: of before it was sealed. */
  readonly sealing: {
    readonly isOn: boolean
    readonly older: 'sealed' | 'under-way' | 'in-clear'
    readonly rows: number
  }
  readonly collector: { readonly withContent: boolean; readonly isEncrypted: boolean } | undefined
  readonly database: 'embedded' | 'here' | 'encrypted' | 'open'
  /** Keys in force, without the owner's. */
  readonly keys: readonly {
    readonly name: string
    readonly expires: boolean
    readonly usedAt: Instant | null
    readonly createdAt: Instant
  }[]
  readonly moneyIsCapped: boolean
  readonly guardrailsOnModels: number
  /** Of the packages that this program consists of; null where no advisories were ever imported. */
  readonly advisories: { readonly at: Instant; readonly affected: readonly string[] } | null
}
