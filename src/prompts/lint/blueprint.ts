/** Lint of all prompts of a blueprint, each with the models that its steps send it to. */
import type { Blueprint } from '../../core/blueprint/blueprint.ts'
import { type BlueprintFiles, textOf } from '../../core/blueprint/files.ts'
import type { LintModel } from './facts.ts'
import type { LintFinding } from './finding.ts'
import { lintPrompt } from './lint.ts'

export type LintDeps = {
  readonly countTokens: (text: string) => Promise<number>
  /** The window of `provider/model` in tokens; null when nobody knows it. */
  readonly contextOf: (model: string) => number | null
}

export type LintBlueprint = (
  blueprint: Pick<Blueprint, 'settings' | 'prompts' | 'flow' | 'baseline'>,
  files: BlueprintFiles,
) => Promise<LintFinding[]>

export const createBlueprintLint =
  ({ countTokens, contextOf }: LintDeps): LintBlueprint =>
  async (blueprint, files) => {
    const found = await Promise.all(
      blueprint.prompts.map((prompt) => {
        const file = files[`prompts/${prompt.name}.prompt`]
        return lintPrompt(prompt, {
          source: file === undefined ? undefined : textOf(file),
          models: modelsOf(blueprint, prompt.name, contextOf),
          countTokens,
        })
      }),
    )
    return found.flat()
  }

function modelsOf(
  { settings, flow, baseline }: Parameters<LintBlueprint>[0],
  prompt: string,
  contextOf: LintDeps['contextOf'],
): LintModel[] {
  const names = [...flow.steps, ...(baseline?.steps ?? [])].flatMap((step) =>
    step.use === 'generate' && step.prompt === prompt ? [step.model] : [],
  )
  return [...new Set(names)].flatMap((name) => {
    const use = settings.models[name]
    if (!use) return []
    const most = use.parameters.max_tokens ?? use.parameters.max_completion_tokens
    return [
      { model: use.model, contextTokens: contextOf(use.model), answerTokens: typeof most === 'number' ? most : null },
    ]
  })
}
