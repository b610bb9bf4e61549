/** Lines of `.prompt` files, for mistakes that are found in their parts. */
import { normaliseText } from '../../kernel/digest.ts'

/** Where a prompt names a placeholder, in the whole file; its first line when it does not. */
export function lineInPrompt(text: string, placeholder: string): number {
  const lines = normaliseText(text).split('\n')
  const named = new RegExp(`\\{\\{[^{}]*(?<![\\w.])${placeholder.replace(/\W/g, '\\$&')}(?!\\w)[^{}]*\\}\\}`)
  return (
    1 +
    Math.max(
      0,
      lines.findIndex((line) => named.test(line)),
    )
  )
}
