/** A release over given examples, small enough to read, for tests and the bench. */
import type { Example, Suite } from '../core/dataset.ts'
import { type FlowPart, type Manifest, manifestDigest } from '../core/manifest.ts'
import type { Release } from '../core/release.ts'
import { digestOf } from '../kernel/digest.ts'
import type { NewId } from '../kernel/ids.ts'
import { systemClock } from '../kernel/time.ts'
import type { Blobs } from '../store/blobs.ts'
import { datasetPart } from './datasets/index.ts'
import { evaluatorParts, suitePart } from './suites.ts'

export type ReleaseGiven = {
  readonly newId: NewId
  readonly blobs: Pick<Blobs, 'putPieces'>
  /** Examples by dataset. */
  readonly datasets: Readonly<Record<string, readonly Example[]>>
  readonly suites: readonly Suite[]
  /** Changes the flow's digest: releases with the same word behave alike. */
  readonly behaviour?: string
  readonly baseline?: boolean
  readonly number?: number
  readonly application?: string
}

export async function exampleRelease(given: ReleaseGiven): Promise<Release> {
  const { newId, behaviour = 'first', number = 1, application = 'helpdesk', baseline = true } = given
  const manifest: Manifest = {
    schema: 'airworthy.manifest/1',
    application,
    prompts: [],
    models: [],
    flow: flowOf('answer', behaviour),
    baseline: baseline ? flowOf('baseline', 'first-sentence') : null,
    index: null,
    target: null,
    datasets: await Promise.all(
      Object.entries(given.datasets).map(([name, rows]) => datasetPart({ name, rows }, given.blobs)),
    ),
    suites: given.suites.map(suitePart),
    evaluators: evaluatorParts(given.suites),
    priceBook: { name: 'example', digest: digestOf('prices') },
    outside: [],
  }
  return {
    id: newId('rel'),
    organisation: 'default',
    application,
    applicationId: newId('app'),
    number,
    digest: manifestDigest(manifest),
    manifest,
    blueprint: digestOf(behaviour),
    commit: null,
    frozenAt: systemClock(),
    frozenBy: newId('act'),
  }
}

const flowOf = (name: string, model: string): FlowPart => {
  const steps: FlowPart['steps'] = [{ id: 'answer', use: 'generate', prompt: 'answer', model }]
  return { name, digest: digestOf(steps), steps }
}
