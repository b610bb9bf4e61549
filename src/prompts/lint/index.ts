/** Lint of prompts; the only file of it that others import. */
export { createBlueprintLint, type LintBlueprint, type LintDeps } from './blueprint.ts'
export type { LintModel } from './facts.ts'
export { LintFinding } from './finding.ts'
export { type LintAround, lintPrompt } from './lint.ts'
