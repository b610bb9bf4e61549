/** What one run of an experiment is about: an arm, an example, and which of its repeats. */
import type { Example } from '../core/dataset.ts'
import type { Manifest, Part } from '../core/manifest.ts'
import type { ReleaseId } from '../core/release.ts'
import type { ArmName } from './variant.ts'

export type PlannedArm = {
  readonly arm: ArmName
  readonly label: string
  readonly release: ReleaseId
  readonly manifest: Manifest
  /** Which flow of the manifest runs. */
  readonly flow: 'flow' | 'baseline'
  readonly behaviour: readonly Part[]
}

export type NumberedExample = { readonly example: Example; readonly number: number }

/** One run: an arm on an example; `repeat` counts from 1. */
export type Task = { readonly arm: PlannedArm; readonly numbered: NumberedExample; readonly repeat: number }
