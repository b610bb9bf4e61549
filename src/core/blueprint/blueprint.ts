/** A blueprint after parsing: every part in its own shape, nothing resolved against the outside yet. */
import type { Digest } from '../../kernel/digest.ts'
import type { Document } from '../application.ts'
import type { DatasetReference, Example, Suite } from '../dataset.ts'
import type { Step } from '../flow.ts'
import type { ToolFile } from '../tool.ts'
import type { Settings } from './schema.ts'

export type ParsedPrompt = {
  readonly name: string
  readonly frontMatter: Record<string, unknown>
  readonly body: string
  /** The partials that it names, directly or through one another. Absent where it names none. */
  readonly partials?: Readonly<Record<string, string>>
}
export type ParsedDataset = {
  readonly name: string
  /** Empty for a reference: its rows are looked up at the freeze, and nobody sees them in the blueprint. */
  readonly rows: readonly Example[]
  readonly reference?: DatasetReference
}
/** A file of tools/, under its name. */
export type ParsedTool = ToolFile & { readonly name: string }
/** A document of knowledge/: path and bytes as they are. */
export type ParsedKnowledge = { readonly path: string; readonly bytes: Uint8Array }

export type Blueprint = {
  readonly settings: Settings & { readonly name: string }
  readonly prompts: readonly ParsedPrompt[]
  readonly tools: readonly ParsedTool[]
  readonly flow: { readonly name: string; readonly steps: readonly Step[] }
  readonly baseline: { readonly name: string; readonly steps: readonly Step[] } | null
  readonly knowledge: readonly ParsedKnowledge[]
  readonly datasets: readonly ParsedDataset[]
  readonly suites: readonly Suite[]
  /** Governance files and the parts of airworthy.yaml that people answer for (duties, builders, profile, limits). */
  readonly documents: Readonly<Record<string, Document>>
  /** Over all of the above: comments, line ends and the order of keys change nothing. */
  readonly digest: Digest
}
