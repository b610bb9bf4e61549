/**
 * The manifest of a parsed blueprint, once its parts are resolved.
 *
 * Invariant: pure, and blind to what is not frozen. Names that come from keys are sorted, so that the order of keys
 * changes no digest; the order of steps, turns and rows is kept.
 */
import { adapterPart } from '../core/adapter.ts'
import type { Blueprint } from '../core/blueprint/blueprint.ts'
import type { DatasetPart } from '../core/dataset.ts'
import { liveIndexPart } from '../core/live-index.ts'
import type { FlowPart, IndexPart, Manifest, ModelPart, SuitePart } from '../core/manifest.ts'
import { toolPart } from '../core/tool.ts'
import { digestOf } from '../kernel/digest.ts'
import { outsideOf } from './outside.ts'

export type ResolvedParts = {
  readonly models: readonly ModelPart[]
  readonly index: IndexPart | null
  readonly datasets: readonly DatasetPart[]
  readonly suites: readonly SuitePart[]
  readonly evaluators: Manifest['evaluators']
  readonly priceBook: Manifest['priceBook']
}

export function manifestOf(blueprint: Blueprint, resolved: ResolvedParts): Manifest {
  const { target, cache, disclosure, guardrails, liveIndexes, serving } = blueprint.settings
  const models = sortedBy(resolved.models, ({ name }) => name).map((part) => {
    const adapter = blueprint.settings.models[part.name]?.adapter
    return adapter ? { ...part, adapter: adapterPart(adapter, resolved.datasets) } : part
  })
  const tools = sortedBy(blueprint.tools, ({ name }) => name).map(toolPart)
  return {
    schema: 'airworthy.manifest/1',
    application: blueprint.settings.name,
    prompts: sortedBy(blueprint.prompts, ({ name }) => name).map(({ name, frontMatter, body, partials }) => ({
      name,
      digest: digestOf({ frontMatter, body, ...(partials && { partials }) }),
      frontMatter,
      body,
      ...(partials && { partials }),
    })),
    models,
    ...(tools.length > 0 && { tools }),
    flow: flowPart(blueprint.flow),
    baseline: blueprint.baseline && flowPart(blueprint.baseline),
    index: resolved.index,
    ...(liveIndexes && { liveIndexes: sortedBy(liveIndexes, ({ name }) => name).map(liveIndexPart) }),
    target: target ? { ...target, digest: digestOf(target) } : null,
    datasets: sortedBy(resolved.datasets, ({ name }) => name),
    suites: sortedBy(resolved.suites, ({ name }) => name),
    evaluators: sortedBy(resolved.evaluators, ({ id }) => id),
    priceBook: resolved.priceBook,
    ...(cache && { cache }),
    ...(disclosure && { disclosure }),
    ...(guardrails && { guardrails: guardrails.map((guard) => ({ name: guard.id, digest: digestOf(guard), guard })) }),
    ...(serving && { serving }),
    outside: outsideOf(blueprint, { ...resolved, models, tools }),
  }
}

/** By its steps alone: a flow that is renamed answers the same, and a release that is its baseline has its digest. */
const flowPart = ({ name, steps }: { name: string; steps: readonly FlowPart['steps'][number][] }): FlowPart => ({
  name,
  digest: digestOf({ steps }),
  steps: [...steps],
})

const sortedBy = <Item>(items: readonly Item[], key: (item: Item) => string): Item[] =>
  items.toSorted((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0))
