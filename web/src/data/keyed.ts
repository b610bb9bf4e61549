/** Things in an order that may be alike, each with a key of its own: what it says, and how often that was said before. */
export function keyed<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
): { key: string; item: Item; at: number }[] {
  const said = new Map<string, number>()
  return items.map((item, at) => {
    const text = textOf(item)
    const before = said.get(text) ?? 0
    said.set(text, before + 1)
    return { key: `${before} ${text}`, item, at }
  })
}
