/**
 * Answers `sec.supplychain` for a release: what is known to be wrong with its models and the packages that run it, and
 * whether the weights that it is served from were looked at. What nobody looked at, or nobody rated, is no pass.
 */
import type { EvidenceDraft } from '../../core/evidence.ts'
import { type Manifest, type Part, partsOf } from '../../core/manifest.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import { type Digest, digestOf } from '../../kernel/digest.ts'
import { age, type Clock, DAY } from '../../kernel/time.ts'
import type { ModelWeights, Weights } from '../weights/index.ts'
import type { Advisories } from './advisories.ts'
import type { Component } from './component.ts'
import type { Advisory } from './contract.ts'

export const SUPPLY_CHAIN = 'supply-chain'

export type SupplyChainDeps = {
  readonly clock: Clock
  readonly advisories: Pick<Advisories, 'about' | 'aboutProgram' | 'newestImport' | 'packages'>
  readonly weights: Pick<ModelWeights, 'newestOf' | 'changedFiles'>
  /** The models of a release that advisories can be about. */
  readonly componentsOf: (manifest: Manifest) => readonly Component[]
  /** Those that are served from weights of our own, and not by somebody else. */
  readonly selfHosted: (manifest: Manifest) => readonly string[]
}

/** What evidence on the supply chain of a release depends on beside its parts. From memory. */
export const supplyChainPart = (deps: SupplyChainDeps, manifest: Manifest): Part => ({
  kind: 'document',
  name: SUPPLY_CHAIN,
  digest: supplyChainDigest(deps, manifest),
})

function supplyChainDigest(
  { advisories, weights, componentsOf, selfHosted }: SupplyChainDeps,
  manifest: Manifest,
): Digest {
  return digestOf({
    advisories: known(advisories, componentsOf(manifest)).map(({ id, modified }) => ({ id, modified })),
    weights: selfHosted(manifest).map((model) => {
      const newest = weights.newestOf(model)
      return { model, digest: newest?.digest ?? null, state: newest?.state ?? null }
    }),
  })
}

/** About the models, and about the packages, each once. */
const known = (advisories: SupplyChainDeps['advisories'], components: readonly Component[]): Advisory[] => {
  const both = [...advisories.about(components), ...advisories.aboutProgram()]
  const ids = [...new Set(both.map(({ id }) => id))].sort()
  return ids.map((id) => {
    const same = both.filter((one) => one.id === id)
    return { ...(same[0] as Advisory), hits: same.flatMap(({ hits }) => hits) }
  })
}

export const supplyChainProducer = (deps: SupplyChainDeps): Producer => ({
  name: 'models/supply-chain',
  checks: ['sec.supplychain'],
  quote: async () => FREE,
  run: async ({ release, by }): Promise<EvidenceDraft[]> => {
    const { manifest } = release
    const components = deps.componentsOf(manifest)
    const found = known(deps.advisories, components)
    const rated = (severity: string) => found.filter(({ hits }) => hits.some((hit) => hit.severity === severity))
    const hosted = await Promise.all(deps.selfHosted(manifest).map((model) => lookAt(model, deps)))
    const newest = deps.advisories.newestImport()
    const n = components.length + deps.advisories.packages
    const unverified = hosted.filter(({ state }) => state !== 'accepted')
    return [
      {
        application: release.application,
        release: release.id,
        check: 'sec.supplychain',
        summary: sentence({ found, critical: rated('critical'), hosted, newest, n }),
        facts: {
          criticalAdvisories: { value: newest === null ? null : rated('critical').length, n },
          unratedAdvisories: { value: newest === null ? null : rated('unrated').length, n },
          advisories: { value: newest === null ? null : found.length, n },
          advisoriesAgeDays: {
            value: newest === null ? null : Math.floor(age(newest, deps.clock()) / DAY),
            unit: 'days',
          },
          refusedWeights: { value: hosted.filter(({ state }) => state === 'refused').length, n: hosted.length },
          unhashedWeights: { value: unverified.length, n: hosted.length },
          unsignedWeights: { value: hosted.filter(({ signed }) => !signed).length, n: hosted.length },
        },
        inputs: [...partsOf(manifest).filter(({ kind }) => kind === 'model'), supplyChainPart(deps, manifest)],
        producer: { name: 'models/supply-chain', version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
})

type Looked = {
  readonly model: string
  readonly state: Weights['state'] | 'unregistered' | 'changed'
  readonly signed: boolean
  readonly why: string
}

async function lookAt(model: string, { weights }: Pick<SupplyChainDeps, 'weights'>): Promise<Looked> {
  const newest = weights.newestOf(model)
  if (!newest)
    return {
      model,
      state: 'unregistered',
      signed: false,
      why: `Nobody registered the weights of ${model}: airworthy models weights ${model} <folder>.`,
    }
  const { state, signedBy } = newest.signature
  const signed = state === 'verified'
  const changed = await weights.changedFiles(newest)
  if (changed.length > 0)
    return {
      model,
      state: 'changed',
      signed,
      why: `The weights of ${model} were written again since they were hashed: ${changed.slice(0, 3).join(', ')}.`,
    }
  if (newest.state === 'accepted')
    return {
      model,
      state: 'accepted',
      signed,
      why: `The weights of ${model} were hashed and read, ${newest.files.length} files${signedBy ? `, signed by ${signedBy.subject} (${signedBy.issuer})` : ''}.`,
    }
  return {
    model,
    state: newest.state,
    signed,
    why: `The weights of ${model} are ${newest.state}: ${newest.problems[0] ?? 'see the list'}`,
  }
}

function sentence({
  found,
  critical,
  hosted,
  newest,
  n,
}: {
  found: readonly Advisory[]
  critical: readonly Advisory[]
  hosted: readonly Looked[]
  newest: string | null
  n: number
}): string {
  const about =
    newest === null
      ? 'No advisories were imported, so nobody knows what is wrong with the models and packages.'
      : critical.length > 0
        ? `Critical: ${critical.map(({ id, hits }) => `${id} about ${hits.map(({ name }) => name).join(', ')}`).join('; ')}.`
        : `${found.length} advisories about ${n} models and packages, none critical.`
  return [about, ...hosted.map(({ why }) => why)].join(' ')
}
