/** The registry of prompts: which releases are live it asks of delivery, and what a model's window is, of its card. */
import type { Delivery } from '../delivery/index.ts'
import { countTokens } from '../models/index.ts'
import { createBlueprintLint, createRegistry, type LintBlueprint, type Prompts, promptsHttp } from '../prompts/index.ts'

/** Lint of a blueprint's prompts, with the windows of its models as their cards have them. */
export const promptLint = (registry: { readonly contextOf: (model: string) => number | null }) =>
  createBlueprintLint({ countTokens, contextOf: registry.contextOf })

type Deps = { readonly prompts: Prompts; readonly delivery: Delivery; readonly lint: LintBlueprint }

export function wirePrompts({ prompts, delivery, lint }: Deps) {
  const registry = createRegistry({
    prompts,
    countTokens,
    releaseOf: delivery.getRelease,
    newestReleaseOf: delivery.newestRelease,
    liveOf: (application) => liveReleases(delivery, application),
    filesOf: async (application) => (await delivery.applications.blueprint(application)).files,
    lint,
  })
  return { http: promptsHttp(registry) }
}

/** Each stage's release in force, and the candidate of its rollout. */
function liveReleases(delivery: Pick<Delivery, 'liveTable'>, application: string) {
  const stages = delivery.liveTable().applications[application]?.stages ?? {}
  return Object.entries(stages).flatMap(([name, { release, rollout }]) => {
    const stage = name as keyof typeof stages
    const share = rollout?.share ?? 0
    return [
      { stage, release, arm: 'control' as const, share: 1 - share },
      ...(rollout ? [{ stage, release: rollout.candidate, arm: 'candidate' as const, share }] : []),
    ]
  })
}
