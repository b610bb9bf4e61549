/** Prompts: parsed, checked, rendered, and kept as versions; the only file that others import. */
export { promptsHttp } from './http.ts'
export { lintPrompt } from './lint.ts'
export { promptsMigrations } from './migrations.ts'
export { type PromptReading, parsePrompt, promptPart } from './parse.ts'
export { createPrompts, type Frozen, type Prompts, type PromptsDeps } from './prompts.ts'
export { createRenderer, type PromptVariables, type RenderPrompt } from './render.ts'
export { promptsTables } from './store.ts'
