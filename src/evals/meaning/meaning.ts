/**
 * False hits of a cache by meaning: measured on labelled pairs of the release, kept as evidence, and looked at by the
 * gateway from memory.
 *
 * Invariant: beyond the sandbox answers are given to questions in other words only while the newest evidence that holds
 * for the release keeps the limit. Evidence depends on the model of vectors, the threshold and the pairs, by digest.
 */
import type { ActorId } from '../../core/actor.ts'
import { MEANING_CHECK, meaningPart } from '../../core/cache-by-meaning.ts'
import type { Evidence, EvidenceDraft } from '../../core/evidence.ts'
import type { Part } from '../../core/manifest.ts'
import type { Release } from '../../core/release.ts'
import type { Stage } from '../../core/stage.ts'
import { Failure } from '../../kernel/failure.ts'
import { type MicroUsd, NOTHING, sumKnown } from '../../kernel/money.ts'
import { clopperPearson } from '../../kernel/statistics/index.ts'
import { monotonicMs } from '../../kernel/time.ts'
import type { Embed } from '../../models/index.ts'
import type { ExamplesOf } from '../datasets/index.ts'
import type { MeaningStanding } from './contract.ts'
import { type ComparedPair, chosenThreshold, dotOf, measured, type Pair, pairOf } from './measure.ts'

export type MeaningDeps = {
  readonly examplesOf: ExamplesOf
  /** The model of vectors as it is asked for a release, whose caps it takes from. */
  readonly embedFor: (release: Pick<Asked, 'application'>) => Embed
  /** Of an application and this check, newest first; `stale` says why it does not hold for the release. */
  readonly evidenceOf: (release: Asked) => Promise<readonly (Evidence & { stale: readonly string[] | null })[]>
  readonly recordEvidence: (draft: EvidenceDraft) => Promise<unknown>
  /** The sentence where the cache of the application is switched off. */
  readonly whyOff: (application: string) => string | undefined
  readonly report: (thrown: unknown) => void
}
export type Meaning = ReturnType<typeof createMeaning>

type Asked = Pick<Release, 'id' | 'application' | 'manifest'>
type Rule = { readonly model: string; readonly threshold: number; readonly dimensions: number | null }

/** Texts in one request to the model of vectors. */
const AT_ONCE = 64
const MOST_PAIRS = 5_000
/** What evidence says is looked at again after so long. */
const LOOK_MS = 5_000
const MOST_KNOWN = 1_000

export function createMeaning(deps: MeaningDeps) {
  const known = new Map<string, { atMs: number; isHeld: boolean; dimensions: number | null }>()

  async function standingOf(release: Asked): Promise<MeaningStanding> {
    const own = cacheOf(release)
    if (!own) return { ...NONE, release: release.id }
    const all = await deps.evidenceOf(release)
    const holding = all.find(({ stale }) => stale?.length === 0)
    const about = { release: release.id, ...own.shown, measured: holding ? shownOf(holding) : null }
    const off = deps.whyOff(release.application)
    if (off !== undefined) return { ...about, state: 'off', words: off }
    if (holding) {
      const isHeld = keepsLimit(holding, own.mostFalseHits)
      return { ...about, state: isHeld ? 'held' : 'above', words: `${holding.summary}${isHeld ? '' : ` ${TOO_MANY}`}` }
    }
    const [newest] = all
    return newest
      ? {
          ...about,
          state: 'stale',
          words: `It was measured with something else: ${newest.stale?.join(' ')} ${MEASURE}`,
        }
      : {
          ...about,
          state: 'missing',
          words: `Nobody has measured how often it takes different questions for the same. ${MEASURE}`,
        }
  }

  async function look(release: Asked): Promise<void> {
    const { state, measured: found } = await standingOf(release)
    for (const eldest of known.keys().take(Math.max(0, known.size - MOST_KNOWN))) known.delete(eldest)
    known.set(release.id, { atMs: monotonicMs(), isHeld: state === 'held', dimensions: found?.dimensions ?? null })
  }

  return {
    standingOf,

    /** The rule by which a release compares questions in a stage; undefined where it may not. From memory. */
    ruleFor(release: Asked, stage: Stage): Rule | undefined {
      const own = cacheOf(release)
      if (!own || deps.whyOff(release.application) !== undefined) return undefined
      const { model, threshold } = own
      // In the sandbox it is tried; nobody is harmed by a false hit there.
      if (stage === 'sandbox') return { model, threshold, dimensions: null }
      const found = known.get(release.id)
      if (!found || monotonicMs() - found.atMs > LOOK_MS) {
        // Not again while it is looked at; what was known holds until then.
        known.set(release.id, { isHeld: false, dimensions: null, ...found, atMs: monotonicMs() })
        void look(release).catch(deps.report)
      }
      return found?.isHeld ? { model, threshold, dimensions: found.dimensions } : undefined
    },

    /** Asks the model of vectors for every pair, and keeps what comes of it as evidence. */
    async measure(
      release: Asked,
      { by, signal }: { by: ActorId; signal: AbortSignal },
    ): Promise<MeaningStanding & { costMicroUsd: MicroUsd | null }> {
      const own = cacheOf(release)
      if (!own)
        throw new Failure(
          'invalid',
          'evals.no-cache-by-meaning',
          'This release compares no meanings. Set `cache.byMeaning` in airworthy.yaml and freeze again.',
        )
      const pairs = (await deps.examplesOf(own.dataset)).map(pairOf)
      const whose = { application: release.application, release: release.id }
      demandPairs(pairs, own.dataset.name)
      const { compared, dimensions, costMicroUsd } = await comparedBy(deps.embedFor(whose), {
        pairs,
        model: own.model,
        signal,
      })
      const draft = draftOf(release, { compared, dimensions, by, costMicroUsd, own })
      await deps.recordEvidence(draft)
      await look(release)
      return { ...(await standingOf(release)), costMicroUsd }
    },
  }
}

type Own = NonNullable<ReturnType<typeof cacheOf>>

/** What the release says of it, with the parts that it names. */
function cacheOf({ manifest }: Asked) {
  const byMeaning = manifest.cache?.byMeaning
  const part = meaningPart(manifest)
  const model = manifest.models.find(({ name }) => name === byMeaning?.model)
  const dataset = manifest.datasets.find(({ name }) => name === byMeaning?.pairs)
  if (!byMeaning || !part || !model || !dataset) return undefined
  const { threshold, mostFalseHits } = byMeaning
  const inputs: Part[] = [
    { kind: 'cache', ...part },
    { kind: 'model', name: model.name, digest: model.digest },
    { kind: 'dataset', name: dataset.name, digest: dataset.digest },
  ]
  const shown = { model: model.model, threshold, mostFalseHits }
  return { model: model.model, threshold, mostFalseHits, dataset, inputs, shown }
}

const MEASURE = 'Measure it: `airworthy cache --measure`. Until then it is off beyond the sandbox.'
const TOO_MANY = 'That is above the limit, so it is off beyond the sandbox: raise the threshold, or label more pairs.'
const NONE = {
  ...{ state: 'none' as const, words: 'It gives answers again to the same words alone, or not at all.' },
  ...{ model: null, threshold: null, mostFalseHits: null, measured: null },
}

function demandPairs(pairs: readonly Pair[], dataset: string): void {
  const counted = pairs.filter(({ isToChoose, isSame }) => !isToChoose && !isSame).length
  if (counted > 0 && pairs.length <= MOST_PAIRS) return
  throw new Failure(
    'invalid',
    'evals.pairs-not-enough',
    counted === 0
      ? `The dataset ${dataset} has no pair of different questions outside of the split build. Label pairs that look alike and want different answers.`
      : `The dataset ${dataset} has ${pairs.length} pairs; at most ${MOST_PAIRS} are compared. Take the nearest.`,
  )
}

async function comparedBy(
  embed: Embed,
  { pairs, model, signal }: { pairs: readonly Pair[]; model: string; signal: AbortSignal },
): Promise<{ compared: ComparedPair[]; dimensions: number; costMicroUsd: MicroUsd | null }> {
  const texts = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))]
  const vectors = new Map<string, Float32Array>()
  const costs: (MicroUsd | null)[] = []
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    const some = texts.slice(from, from + AT_ONCE)
    const embedded = await embed({ model, texts: some, signal })
    costs.push(embedded.costMicroUsd)
    for (const [at, text] of some.entries()) vectors.set(text, embedded.vectors[at] ?? new Float32Array())
  }
  const vectorOf = (text: string) => vectors.get(text) ?? new Float32Array()
  return {
    compared: pairs.map(({ one, other, isSame, isToChoose }) => ({
      ...{ isSame, isToChoose },
      cosine: dotOf(vectorOf(one), vectorOf(other)),
    })),
    dimensions: vectorOf(texts[0] ?? '').length,
    costMicroUsd: sumKnown(costs),
  }
}

function draftOf(
  { id, application }: Asked,
  given: { compared: ComparedPair[]; dimensions: number; by: ActorId; costMicroUsd: MicroUsd | null; own: Own },
): EvidenceDraft {
  const { compared, dimensions, by, costMicroUsd, own } = given
  const counted = measured(
    compared.filter(({ isToChoose }) => !isToChoose),
    own.threshold,
  )
  const { different, falseHits, rate, upper, same, hits } = counted
  const chosen = chosenThreshold(
    compared.filter(({ isToChoose }) => isToChoose),
    own.mostFalseHits,
  )
  return {
    application,
    release: id,
    check: MEANING_CHECK,
    summary: `From a cosine of ${own.threshold} on, ${falseHits} of ${different} pairs of different questions were taken for the same, at most ${percent(upper)} with 95 % confidence; ${percent(own.mostFalseHits)} are accepted. ${hits} of ${same} pairs of the same question were found.`,
    facts: {
      falseHitRate: {
        value: rate,
        n: different,
        interval: { low: 0, high: upper, method: 'clopper-pearson', sides: 1, level: 0.95 },
        unit: 'share',
      },
      hitRate: {
        value: same === 0 ? null : hits / same,
        n: same,
        ...(same > 0 && {
          interval: {
            ...clopperPearson({ successes: hits, n: same }),
            ...{ method: 'clopper-pearson', sides: 2 as const, level: 0.95 },
          },
        }),
        unit: 'share',
      },
      threshold: { value: own.threshold },
      chosenThreshold: { value: chosen },
      dimensions: { value: dimensions },
      // Evidence has no unknown cost.
      ...(costMicroUsd === null && { priceUnknown: { value: true } }),
    },
    inputs: own.inputs,
    producer: { name: 'evals/meaning', version: '1' },
    trust: 'measured',
    by,
    costMicroUsd: costMicroUsd ?? NOTHING,
  }
}

function shownOf({ id, at, facts }: Evidence): NonNullable<MeaningStanding['measured']> {
  const number = (name: string) => (typeof facts[name]?.value === 'number' ? facts[name].value : null)
  const rate = (name: string) => {
    const { n = 0, interval } = facts[name] ?? {}
    return { value: number(name), n, ...(interval && { interval }) }
  }
  return {
    ...{ evidence: id, at, falseHits: rate('falseHitRate'), hits: rate('hitRate') },
    ...{ chosenThreshold: number('chosenThreshold'), dimensions: number('dimensions') ?? 0 },
  }
}

const keepsLimit = ({ facts, trust }: Evidence, limit: number): boolean => {
  const high = facts.falseHitRate?.interval?.high
  return trust === 'measured' && high !== undefined && high <= limit
}

const percent = (share: number): string => `${Math.round(share * 1e4) / 100} %`
