/** The public surface of prompts. */
export { PromptSummary, PromptVersion, PromptVersionWithUse } from './contract.ts'
