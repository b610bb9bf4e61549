/** Lines of `.prompt` files, for mistakes that are found in their parts. */
import { normaliseText } from '../../kernel/digest.ts'

/** Where a prompt names a placeholder, else where its front matter has the word, in the whole file; else its first line. */
export function lineInPrompt(text: string, word: string): number {
  const lines = normaliseText(text).split('\n')
  const escaped = word.replace(/\W/g, '\\$&')
  const named = new RegExp(`\\{\\{[^{}]*(?<![\\w.])${escaped}(?!\\w)[^{}]*\\}\\}`)
  const placed = lines.findIndex((line) => named.test(line))
  if (placed >= 0) return placed + 1
  const said = new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`)
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : 0
  return (
    1 +
    Math.max(
      0,
      lines.slice(0, Math.max(0, end)).findIndex((line) => said.test(line)),
    )
  )
}
