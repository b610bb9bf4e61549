/**
 * A variant as an arm: the manifest of its release with the parts changed that the variant names, each with a digest
 * of its own, so that its scores belong to what really answered.
 */
import { adapterPart } from '../core/adapter.ts'
import type { ParsedPrompt } from '../core/blueprint/blueprint.ts'
import { joinPartials } from '../core/blueprint/partials.ts'
import type { FlowPart, Manifest, ModelPart, PromptPart } from '../core/manifest.ts'
import { behaviourParts } from '../core/manifest.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { digestOf } from '../kernel/digest.ts'
import { Failure, type Problem } from '../kernel/failure.ts'
import { parsePrompt, promptPart } from '../prompts/index.ts'
import { type ExamplesOf, fillExamples } from './datasets/index.ts'
import type { EvalsDeps } from './deps.ts'
import type { PlannedArm } from './planned-arm.ts'
import type { Variant } from './variant.ts'

export async function variantArm(
  release: Release,
  variant: Variant,
  { releaseOf, ...parts }: Pick<EvalsDeps, 'releaseOf' | 'resolveModel'> & { readonly examplesOf: ExamplesOf },
): Promise<PlannedArm> {
  const base = variant.release ? await sameApplication(release, variant.release, releaseOf) : release
  const manifest = await changed(base.manifest, variant, parts)
  return {
    arm: variant.name,
    label: variant.name,
    release: base.id,
    manifest,
    flow: 'flow',
    behaviour: behaviourParts(manifest),
  }
}

/** A release of the same application; throws `evals.other-application` for one of another. */
export async function sameApplication(
  release: Release,
  id: ReleaseId,
  releaseOf: EvalsDeps['releaseOf'],
): Promise<Release> {
  const other = await releaseOf(id)
  if (other.application === release.application) return other
  throw new Failure(
    'invalid',
    'evals.other-application',
    `${id} is a release of ${other.application}, not of ${release.application}. Choose one of the same application.`,
  )
}

async function changed(
  manifest: Manifest,
  variant: Variant,
  { resolveModel, examplesOf }: Pick<EvalsDeps, 'resolveModel'> & { readonly examplesOf: ExamplesOf },
): Promise<Manifest> {
  const { target, models = {}, prompts = {}, name } = variant
  demandKnown(name, 'model', Object.keys(models), manifest.models)
  demandKnown(name, 'prompt', Object.keys(prompts), manifest.prompts)
  const learned = Object.values(models).flatMap(({ adapter }) => adapter?.data ?? [])
  demandKnown(
    name,
    'dataset',
    learned.filter((one) => typeof one === 'string'),
    manifest.datasets,
  )
  return {
    ...manifest,
    models: manifest.models.map((part) => changedModel(part, models[part.name], { manifest, resolveModel })),
    prompts: await Promise.all(
      manifest.prompts.map((part) => changedPrompt(part, prompts[part.name], { manifest, examplesOf })),
    ),
    ...(target && { flow: TARGET_FLOW, target: { ...target, digest: digestOf(target) } }),
  }
}

const TARGET_STEPS: FlowPart['steps'] = [{ id: 'call', use: 'call-target' }]
const TARGET_FLOW: FlowPart = { name: 'target', digest: digestOf(TARGET_STEPS), steps: TARGET_STEPS }

function changedModel(
  part: ModelPart,
  change: NonNullable<Variant['models']>[string] | undefined,
  { manifest, resolveModel }: Pick<EvalsDeps, 'resolveModel'> & { manifest: Pick<Manifest, 'datasets'> },
): ModelPart {
  if (!change) return part
  // Another model has other parameters and no adapter; those of the old one would often be refused.
  const isSame = change.model === undefined || change.model === part.model
  const parameters = { ...(isSame ? part.parameters : {}), ...change.parameters }
  const adapter = change.adapter ? adapterPart(change.adapter, manifest.datasets) : isSame ? part.adapter : undefined
  const resolved = resolveModel(part.name, { model: change.model ?? part.model, parameters })
  return adapter ? { ...resolved, adapter } : resolved
}

/** Examples that it names are rows of a dataset of the release. */
async function changedPrompt(
  part: PromptPart,
  text: string | undefined,
  { manifest, examplesOf }: { manifest: Pick<Manifest, 'datasets'>; examplesOf: ExamplesOf },
): Promise<PromptPart> {
  if (text === undefined) return part
  const prompt = withPartials(parsePrompt(text, `prompts/${part.name}.prompt`), part.partials ?? {})
  return promptPart(await fillExamples(prompt, manifest.datasets, examplesOf))
}

/** A text brings no partials: those that it names are the ones of the prompt that it stands in place of. */
function withPartials(prompt: ParsedPrompt, partials: Readonly<Record<string, string>>): ParsedPrompt {
  const problems: Problem[] = []
  const files = Object.entries(partials).map(([name, body]) => ({ name: `_${name}`, frontMatter: {}, body }))
  const [joined = prompt] = joinPartials([prompt, ...files], problems)
  const [first] = problems
  if (!first) return joined
  throw new Failure('invalid', 'prompts.unusable', `${first.file}: ${first.message}. ${first.remedy ?? ''}`, {
    problems,
  })
}

function demandKnown(
  variant: string,
  kind: 'model' | 'prompt' | 'dataset',
  names: readonly string[],
  parts: readonly { readonly name: string }[],
): void {
  const unknown = names.find((name) => !parts.some((part) => part.name === name))
  if (unknown === undefined) return
  throw new Failure(
    'invalid',
    'evals.variant-unknown-part',
    `The variant ${variant} ${kind === 'dataset' ? 'learned from' : 'changes'} the ${kind} ${unknown}, which the release does not have. It has ${parts.map(({ name }) => name).join(', ') || 'none'}.`,
  )
}
