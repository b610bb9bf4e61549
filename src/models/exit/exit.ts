/**
 * Leaving a provider: what would have to go along, and whether another model is ready. Answers `vendor.exit`.
 *
 * Invariant: a fallback was measured on the same cases against this very release, and is approved; a model that is only
 * on a list is none.
 */
import type { DatasetPart, Example } from '../../core/dataset.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import { type Manifest, manifestDigest, type Part, partsOf } from '../../core/manifest.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { Release, ReleaseId } from '../../core/release.ts'
import { type Clock, DAY, epochMs, type Instant } from '../../kernel/time.ts'
import type { Mounted } from '../../wire/handle.ts'
import { handleInPieces } from '../../wire/json-stream.ts'
import { remoteModels } from '../approvals/index.ts'
import { type ExitExport, exportExit, type Fallback } from './contract.ts'

/** One ended comparison of two releases of an application. */
export type Compared = {
  readonly experiment: string
  readonly release: ReleaseId
  readonly against: ReleaseId
  readonly better: 'higher' | 'lower'
  readonly difference: number | null
  readonly interval: { readonly low: number; readonly high: number } | null
  readonly margin: number
  readonly n: number
}

export type ExitDeps = {
  readonly clock: Clock
  readonly releaseOf: (id: ReleaseId) => Promise<Release>
  /** Some at a time. */
  readonly examplesOf: (dataset: DatasetPart) => AsyncIterable<readonly Example[]>
  /** The newest first. */
  readonly comparisonsOf: (application: string) => Promise<readonly Compared[]>
  /** Why models may not be used beyond the sandbox; nothing when they may. */
  readonly barred: (manifest: Manifest) => readonly unknown[]
  /** When a model ends: a date, `none`, or null when nobody says. */
  readonly endOf: (model: string) => string | null
  readonly termsOf: (manifest: Manifest) => readonly Part[]
}

const NEAR_DAYS = 90

export function createExit({ clock, releaseOf, examplesOf, comparisonsOf, barred, endOf, termsOf }: ExitDeps) {
  async function fallbacksOf(release: Release): Promise<Fallback[]> {
    const own = new Set(remoteModels(release.manifest))
    const found: Fallback[] = []
    for (const one of await comparisonsOf(release.application)) {
      const turned = turnedTo(release.id, one)
      if (!turned || found.some(({ release: known }) => known === turned.release) || turned.low < -one.margin) continue
      const { manifest } = await releaseOf(turned.release)
      const models = manifest.models.map(({ model }) => model)
      const isOther = models.length > 0 && models.every((model) => !own.has(model))
      if (isOther && barred(manifest).length === 0)
        found.push({ ...turned, models, experiment: one.experiment, margin: one.margin, n: one.n })
    }
    return found
  }

  /** The text of an `ExitExport`; of its datasets a few examples are in memory at a time. */
  async function* exportOf(release: Release): AsyncGenerator<string> {
    const rest = JSON.stringify(await frameOf(release))
    yield `${rest.slice(0, -1)},"datasets":[`
    for (const [at, part] of release.manifest.datasets.entries()) {
      const { name, digest } = part
      yield `${at === 0 ? '' : ','}${JSON.stringify({ name, digest }).slice(0, -1)},"examples":[`
      let isFirst = true
      for await (const some of examplesOf(part)) {
        if (some.length > 0) yield `${isFirst ? '' : ','}${JSON.stringify(some).slice(1, -1)}`
        isFirst &&= some.length === 0
      }
      yield ']}'
    }
    yield ']}'
  }

  async function frameOf(release: Release): Promise<Omit<ExitExport, 'datasets'>> {
    const { id, manifest, application } = release
    return {
      schema: 'airworthy.exit/1',
      application,
      release: id,
      digest: manifestDigest(manifest),
      at: clock(),
      models: manifest.models.map((part) => ({ ...part, endsOn: endOf(part.model) })),
      prompts: [...manifest.prompts],
      flow: manifest.flow,
      suites: manifest.suites.map(({ digest: _, ...suite }) => suite),
      fallbacks: await fallbacksOf(release),
    }
  }

  const producer: Producer = {
    name: 'models/exit',
    checks: ['vendor.exit'],
    quote: async () => FREE,
    run: async ({ release, by }): Promise<EvidenceDraft[]> => {
      const { manifest } = release
      const models = remoteModels(manifest)
      const n = models.length
      const ends = models.map((model) => ({ model, end: endOf(model) }))
      const near = ends.filter(({ end }) => end !== null && end !== 'none' && daysTo(end, clock()) < NEAR_DAYS)
      const unknown = ends.filter(({ end }) => end === null)
      const fallbacks = n === 0 ? [] : await fallbacksOf(release)
      const [first] = fallbacks
      return [
        {
          application: release.application,
          release: release.id,
          check: 'vendor.exit',
          summary: [
            ...(n === 0 ? ['It asks no model outside of this program.'] : []),
            ...near.map(({ model, end }) => `${model} is switched off on ${end}.`),
            ...unknown.map(({ model }) => `Nobody says when ${model} ends.`),
            ...(first
              ? [
                  `${first.models.join(', ')} would take over: not worse than this release by more than ${first.margin} over ${first.n} pairs (${first.experiment}).`,
                ]
              : n === 0
                ? []
                : ['No release of other, approved models was measured against this one and found not worse.']),
          ].join(' '),
          facts: {
            endingModels: { value: near.length, n },
            unknownEnds: { value: unknown.length, n },
            withoutFallback: { value: n > 0 && fallbacks.length === 0 ? n : 0, n },
            fallbacks: { value: fallbacks.length },
            exportable: { value: true },
          },
          inputs: [
            ...partsOf(manifest).filter(({ kind }) => ['model', 'prompt', 'flow', 'dataset'].includes(kind)),
            ...termsOf(manifest),
          ],
          producer: { name: 'models/exit', version: '1' },
          trust: 'measured',
          by,
        },
      ]
    },
  }

  const http: Mounted[] = [handleInPieces(exportExit, async ({ params }) => exportOf(await releaseOf(params.id)))]
  return { producer, http }
}

/** The other release's difference from this one, more being better; undefined when it is about others or says nothing. */
function turnedTo(
  id: ReleaseId,
  { release, against, better, difference, interval }: Compared,
): Pick<Fallback, 'release' | 'difference' | 'low'> | undefined {
  if (!interval || (release !== id && against !== id)) return undefined
  const isTurned = (release === id) !== (better === 'lower')
  return {
    release: release === id ? against : release,
    difference: difference === null ? null : isTurned ? 0 - difference : difference,
    low: isTurned ? 0 - interval.high : interval.low,
  }
}

const daysTo = (day: string, now: Instant): number => (Date.parse(`${day}T00:00:00.000Z`) - epochMs(now)) / DAY
