/**
 * A prompt between the forms of providers: turns with `{{name}}` in them, parameters, tools and the schema of the
 * answer. What a form has no word for is a loss, said and never dropped silently.
 */
import { z } from 'zod'

export const PROMPT_FORMS = ['dotprompt', 'chat', 'messages', 'gemini', 'langfuse'] as const
/** chat: OpenAI's chat completions · messages: Anthropic's · gemini: Google's · langfuse: a prompt of its registry. */
export const PromptForm = z.enum(PROMPT_FORMS)
export type PromptForm = z.infer<typeof PromptForm>

export const Loss = z.object({ what: z.string(), why: z.string() })
export type Loss = z.infer<typeof Loss>

export const FormTurn = z.object({ role: z.enum(['system', 'user', 'assistant']), text: z.string() })
export type FormTurn = z.infer<typeof FormTurn>

export type FormTool = { readonly name: string; readonly description: string; readonly schema: unknown }

export type Neutral = {
  readonly turns: readonly FormTurn[]
  readonly parameters: { readonly temperature?: number; readonly maxTokens?: number; readonly topP?: number }
  readonly tools: readonly FormTool[]
  /** JSON Schema of the answer. */
  readonly output: unknown
}

export type Read = { readonly prompt: Neutral; readonly losses: readonly Loss[] }

/** Parameters that have a number; the others are left out, so that absent stays absent. */
export const numbers = (given: Readonly<Record<string, unknown>>): Neutral['parameters'] =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === 'number'))
