/** What rules read of a prompt, worked out once: its turns, its sentences, its placeholders and its schemas. */
import type { ParsedPrompt } from '../../core/blueprint/blueprint.ts'
import { placeholdersWith } from '../../core/blueprint/partials.ts'
import type { JsonSchema } from '../placeholders.ts'

export type Segment = { readonly role: string; readonly text: string }

/** A model that the prompt is sent to; a window that nobody knows is null. */
export type LintModel = {
  readonly model: string
  readonly contextTokens: number | null
  /** What the answer may take of it. */
  readonly answerTokens: number | null
}

export type LintFacts = {
  readonly prompt: ParsedPrompt
  /** The template with its partials put in where they stand. */
  readonly text: string
  readonly segments: readonly Segment[]
  /** What it says by itself, without placeholders, by sentence or line. */
  readonly sentences: readonly string[]
  readonly placeholders: readonly string[]
  readonly input: JsonSchema | undefined
  readonly output: JsonSchema | undefined
  /** Of the template, without what fills it. */
  readonly tokens: number
  readonly models: readonly LintModel[]
}

export function factsOf(
  prompt: ParsedPrompt,
  known: Pick<LintFacts, 'input' | 'output' | 'models' | 'tokens'>,
): LintFacts {
  const text = withPartials(prompt)
  return {
    prompt,
    text,
    segments: segmentsOf(text),
    sentences: sentencesOf(text),
    placeholders: placeholdersWith(prompt),
    ...known,
  }
}

/** What the template says whatever fills it. */
export const fixedText = (prompt: ParsedPrompt): string => withPartials(prompt).replace(/\{\{[^{}]*\}\}/g, '')

/** Deep enough for what people write; a circle was refused before. */
const DEEPEST = 8

function withPartials({ body, partials = {} }: ParsedPrompt): string {
  let text = body
  for (let depth = 0; depth < DEEPEST && /\{\{~?>/.test(text); depth++)
    text = text.replace(/\{\{~?>\s*([A-Za-z0-9_./-]+)[^{}]*\}\}/g, (_, name: string) => partials[name] ?? '')
  return text
}

/** The turns that the template opens; what stands before the first role is the user's, as Dotprompt has it. */
function segmentsOf(text: string): Segment[] {
  const [before = '', ...rest] = text.split(/\{\{~?\s*role\s+["'](\w+)["']\s*~?\}\}/)
  const segments: Segment[] = [{ role: 'user', text: before }]
  for (let i = 0; i < rest.length; i += 2) segments.push({ role: rest[i] ?? 'user', text: rest[i + 1] ?? '' })
  return segments.filter((segment) => segment.text.trim() !== '')
}

const sentencesOf = (text: string): string[] =>
  text
    .replace(/\{\{!--[\s\S]*?--\}\}/g, '')
    .replace(/```[\s\S]*?```/g, '\n')
    .replace(/\{\{[^{}]*\}\}/g, ' ')
    .split(/(?<=[.!?:])\s+|\n+/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => /\p{L}/u.test(sentence))

/** The words of a sentence, lower case. */
export const wordsOf = (sentence: string): string[] => sentence.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? []
