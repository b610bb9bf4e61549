/** Token F1 as SQuAD defines it, for the simulated users' feedback: lower case, no punctuation, no articles, no citation marks. */
export function tokenF1(answer: string, reference: string): number {
  const ours = tokens(answer)
  const theirs = tokens(reference)
  if (ours.length === 0 || theirs.length === 0) return ours.length === theirs.length ? 1 : 0
  const left = new Map<string, number>()
  for (const token of theirs) left.set(token, (left.get(token) ?? 0) + 1)
  let shared = 0
  for (const token of ours) {
    const count = left.get(token) ?? 0
    if (count > 0) {
      shared++
      left.set(token, count - 1)
    }
  }
  return shared === 0 ? 0 : (2 * shared) / (ours.length + theirs.length)
}

const tokens = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/\[\d+\]/g, ' ')
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .split(/\s+/)
    .filter((token) => token !== '' && !['a', 'an', 'the'].includes(token))
