/**
 * A `.prompt` file (Dotprompt): front matter in YAML, then a Handlebars template. The reading is the blueprint's
 * own, because the dotprompt package takes a file with broken YAML for plain text; here every mistake is a problem.
 */
import type { ParsedPrompt } from '../core/blueprint/blueprint.ts'
import { parsePromptFile } from '../core/blueprint/prompt-file.ts'
import type { PromptPart } from '../core/manifest.ts'
import { digestOf } from '../kernel/digest.ts'
import { Failure, type Problem } from '../kernel/failure.ts'

export type PromptReading =
  | { readonly kind: 'parsed'; readonly prompt: ParsedPrompt }
  | { readonly kind: 'unusable'; readonly problems: readonly Problem[] }

export function readPrompt({ path, text }: { path: string; text: string }): PromptReading {
  const problems: Problem[] = []
  const [prompt] = parsePromptFile({ path, text, problems })
  return prompt && problems.length === 0 ? { kind: 'parsed', prompt } : { kind: 'unusable', problems }
}

/** The prompt, or `prompts.unusable` with every problem. */
export function parsePrompt(text: string, path = 'prompts/prompt.prompt'): ParsedPrompt {
  const reading = readPrompt({ path, text })
  if (reading.kind === 'parsed') return reading.prompt
  const [first] = reading.problems
  throw new Failure(
    'invalid',
    'prompts.unusable',
    `${path}${first?.line ? `, line ${first.line}` : ''}: ${first?.message}.`,
    {
      problems: reading.problems,
    },
  )
}

/** The part of a manifest: comments and the order of keys in the front matter change no digest. */
export const promptPart = ({ name, frontMatter, body, partials }: ParsedPrompt): PromptPart => ({
  name,
  digest: digestOf({ frontMatter, body, ...(partials && { partials }) }),
  frontMatter,
  body,
  ...(partials && { partials: { ...partials } }),
})
