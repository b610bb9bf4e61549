/** A prompt as the text of its `.prompt` file: what `parsePromptFile` reads again as the same value. */
import { stringify } from 'yaml'
import type { ParsedPrompt } from './blueprint.ts'

export const promptText = ({ frontMatter, body }: Pick<ParsedPrompt, 'frontMatter' | 'body'>): string =>
  Object.keys(frontMatter).length === 0 && !body.startsWith('---')
    ? body
    : `---\n${stringify(frontMatter, { lineWidth: 0 })}---\n${body}\n`
