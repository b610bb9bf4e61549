/**
 * A template taken apart: its own words, and what stands in braces or fences, which no wording touches.
 *
 * Invariant: put together again without a change it is the same text.
 */

export type Block = { readonly role: string; readonly text: string }

const ROLE = /^\{\{~?\s*role\s+["'](\w+)["']\s*~?\}\}$/
const APART = /(\\?\{\{[\s\S]*?\}\}\}?|```[\s\S]*?(?:```|$)|`[^`\n]*`|<<<dotprompt:[^>]*>>>)/

/** The turns of a template with the tags that open them; what stands before the first is a block of its own. */
export function turnBlocks(body: string): Block[] {
  const blocks: { role: string; text: string }[] = []
  for (const text of body.split(APART)) {
    const role = ROLE.exec(text)?.[1]
    const last = blocks.at(-1)
    if (last && role === undefined) last.text += text
    else if (text !== '') blocks.push({ role: role ?? '', text })
  }
  return blocks
}

/** Places of the turns of a user whose answer stands behind them: together they show how it is done. */
export function shownPairs(blocks: readonly Block[]): number[] {
  const isStatic = ({ text }: Block) => tagsOf(text).length === 1
  return blocks.flatMap((user, at) => {
    const model = blocks[at + 1]
    const isPair = user.role === 'user' && model?.role === 'model' && isStatic(user) && isStatic(model)
    return isPair ? [at] : []
  })
}

/** Changes the words that instruct: all but those in turns of the model and in what shows how it is done. */
export function mapWords(body: string, change: (words: string) => string): string {
  const blocks = turnBlocks(body)
  const shown = new Set(shownPairs(blocks))
  return blocks
    .map(({ role, text }, at) =>
      role === 'model' || shown.has(at)
        ? text
        : text
            .split(APART)
            .map((piece, place) => (place % 2 === 0 ? change(piece) : piece))
            .join(''),
    )
    .join('')
}

/** What stands in braces, in its order: no wording changes it. */
export const tagsOf = (body: string): string[] =>
  body.split(APART).filter((piece, at) => at % 2 === 1 && /^(?:\\?\{\{|<<<)/.test(piece))
