/** The release that the bench measures: two flows that answer at once, and a dataset of any length. */
import { Example, Suite } from '../../src/core/dataset.ts'
import { type FlowPart, type Manifest, manifestDigest } from '../../src/core/manifest.ts'
import type { Release } from '../../src/core/release.ts'
import { datasetPart, evaluatorParts, suitePart } from '../../src/evals/index.ts'
import { digestOf } from '../../src/kernel/digest.ts'
import type { NewId } from '../../src/kernel/ids.ts'
import { systemClock } from '../../src/kernel/time.ts'
import type { Blobs } from '../../src/store/blobs.ts'

export const TEXT =
  'The library is open from nine to five and lends books, maps and films to all who live in the county. '

const EVALUATORS = ['token-f1', 'rouge-l', 'citation-validity', 'recall-at-k', 'latency-ms'].map((use) => ({ use }))

export async function benchRelease({
  examples,
  evaluators = EVALUATORS,
  newId,
  blobs,
}: {
  examples: number
  /** The first one decides. */
  evaluators?: readonly { use: string; options?: Record<string, unknown> }[]
  newId: NewId
  blobs: Blobs
}): Promise<Release> {
  // One by one, so that what is measured is not the bench.
  function* rows(): Generator<Example> {
    for (let at = 0; at < examples; at++)
      yield Example.parse({
        id: `q${at}`,
        input: `When is the library of town ${at} open?`,
        expected: TEXT.repeat(2),
        contexts: ['p1', `p${at}`],
        cluster: `town ${at % 500}`,
      })
  }
  const suite = Suite.parse({ name: 'facts', dataset: 'questions', primary: evaluators[0]?.use, evaluators })
  const manifest: Manifest = {
    schema: 'airworthy.manifest/1',
    application: 'bench',
    prompts: [],
    models: [],
    flow: flowOf('answer'),
    baseline: flowOf('baseline'),
    index: null,
    target: null,
    datasets: [await datasetPart({ name: 'questions', rows: rows() }, blobs)],
    suites: [suitePart(suite)],
    evaluators: evaluatorParts([suite]),
    priceBook: { name: 'none', digest: digestOf('none') },
    outside: [],
  }
  return {
    id: newId('rel'),
    organisation: 'default',
    application: 'bench',
    applicationId: newId('app'),
    number: 1,
    digest: manifestDigest(manifest),
    manifest,
    blueprint: digestOf('bench'),
    commit: null,
    frozenAt: systemClock(),
    frozenBy: newId('act'),
  }
}

const flowOf = (name: string): FlowPart => {
  const steps: FlowPart['steps'] = [{ id: name, use: 'generate', prompt: name, model: name }]
  return { name, digest: digestOf(steps), steps }
}
