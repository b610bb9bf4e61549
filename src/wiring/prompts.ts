/** The registry of prompts: which releases are live it asks of delivery, and what a model's window is, of its card. */
import type { Delivery } from '../delivery/index.ts'
import {
  createPaidAnswers,
  type Evals,
  fillExamples,
  isRefusal,
  LANGUAGES,
  languageOf,
  readAnswer,
} from '../evals/index.ts'
import { countTokens } from '../models/index.ts'
import {
  type BlueprintWriter,
  createBlueprintLint,
  createKept,
  createPairs,
  createPatterns,
  createRegistry,
  createRewording,
  createStability,
  createWordings,
  formsHttp,
  keptHttp,
  type LintBlueprint,
  type Prompts,
  pairsHttp,
  patternsHttp,
  promptsHttp,
  rewordingHttp,
  stabilityHttp,
  taskHttp,
  tuningHttp,
  wordingHttp,
} from '../prompts/index.ts'
import { asking } from './judging.ts'
import { readBiasPack, readPatterns } from './prompt-patterns.ts'
import { measuredBy } from './prompt-stability.ts'
import { wireTuning } from './prompt-tuning.ts'
import { wordingsIn } from './prompt-wording.ts'

/** Lint of a blueprint's prompts, with the windows of its models as their cards have them. */
export const promptLint = (registry: { readonly contextOf: (model: string) => number | null }) =>
  createBlueprintLint({ countTokens, contextOf: registry.contextOf })

type Deps = Parameters<typeof wireTuning>[0] & {
  readonly root: string
  readonly prompts: Prompts
  readonly delivery: Delivery
  readonly evals: Evals
  readonly lint: LintBlueprint
}

export function wirePrompts(deps: Deps) {
  const { root, prompts, delivery, evals, lint } = deps
  const registry = createRegistry({
    prompts,
    countTokens,
    releaseOf: delivery.getRelease,
    newestReleaseOf: delivery.newestRelease,
    liveOf: (application) => liveReleases(delivery, application),
    filesOf: async (application) => (await delivery.applications.blueprint(application)).files,
    fillExamples: (prompt, datasets) => fillExamples(prompt, datasets, deps.examplesOf),
    lint,
  })
  const { applications } = delivery
  const writer: BlueprintWriter = {
    read: applications.blueprint,
    create: ({ name, files, by }) => applications.create({ name, files, by }),
    put: (ask) => applications.putBlueprint(ask),
  }
  const tuning = wireTuning(deps)
  const paid = createPaidAnswers(deps)
  const asked = {
    ...asking(deps.models, deps.own),
    readAnswer,
    isRefusal,
    languageOf,
    languages: LANGUAGES,
    whyUnpriced: (ask: { application: string; models: readonly string[] }) =>
      deps.own.whyUnpriced({ ...ask, release: null }),
  }
  const rewording = createRewording({ ...deps, ...asked, jobs: deps.store.jobs, writer, paidFor: paid.begin })
  const wordings = createWordings({ ...asked, releaseOf: delivery.getRelease, measuredBy: wordingsIn({ evals }) })
  return {
    tuning,
    http: [
      ...promptsHttp(registry),
      ...patternsHttp(createPatterns({ patterns: readPatterns(root), writer })),
      ...keptHttp(createKept({ writer, releaseOf: delivery.getRelease })),
      ...taskHttp(writer),
      ...pairsHttp(createPairs({ writer, pack: readBiasPack(root) })),
      ...formsHttp(),
      ...tuningHttp(tuning),
      ...rewordingHttp(rewording),
      ...wordingHttp(wordings),
      ...stabilityHttp(createStability({ writer, measuredBy: measuredBy({ evals, delivery }) })),
    ],
  }
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
