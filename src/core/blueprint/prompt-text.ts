/** A prompt as the text of its `.prompt` file: what `parsePromptFile` reads again as the same value. */
import type { ParsedPrompt } from './blueprint.ts'
import { yamlText } from './yaml-text.ts'

export const promptText = ({ frontMatter, body }: Pick<ParsedPrompt, 'frontMatter' | 'body'>): string =>
  Object.keys(frontMatter).length === 0 && !body.startsWith('---')
    ? body
    : `---\n${yamlText(frontMatter)}---\n${body}\n`
