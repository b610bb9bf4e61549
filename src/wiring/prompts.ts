/** The registry of prompts: which releases are live it asks of delivery, and the blueprint's partials of its files. */
import { type BlueprintFiles, textOf } from '../core/blueprint/files.ts'
import { parsePromptFile } from '../core/blueprint/prompt-file.ts'
import type { Delivery } from '../delivery/index.ts'
import { countTokens } from '../models/index.ts'
import { createRegistry, promptsHttp } from '../prompts/index.ts'
import type { Capability, CapabilityDeps } from './capabilities.ts'

export function wirePrompts({ prompts, delivery }: CapabilityDeps): Capability {
  const registry = createRegistry({
    prompts,
    countTokens,
    releaseOf: delivery.getRelease,
    newestReleaseOf: delivery.newestRelease,
    liveOf: (application) => liveReleases(delivery, application),
    partialsOf: async (application) => partialsIn((await delivery.applications.blueprint(application)).files),
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

const partialsIn = (files: BlueprintFiles): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => /^prompts\/_[^/]+\.prompt$/.test(path))
      .flatMap(([path, file]) => parsePromptFile({ path, text: textOf(file), problems: [] }))
      .map(({ name, body }) => [name.slice(1), body]),
  )
