/** How alike two answers are: Dice's coefficient over pieces of three letters, from 0 to 1. Case and blanks do not count. */
export function similarityOf(one: string, other: string): number {
  const [a, b] = [plain(one), plain(other)]
  if (a === b) return 1
  const [pieces, others] = [piecesOf(a), piecesOf(b)]
  let shared = 0
  for (const [piece, count] of pieces) shared += Math.min(count, others.get(piece) ?? 0)
  const all = sizeOf(pieces) + sizeOf(others)
  return all === 0 ? 0 : (2 * shared) / all
}

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim()

function piecesOf(text: string): Map<string, number> {
  const padded = `  ${text} `
  const pieces = new Map<string, number>()
  for (let at = 0; at + 3 <= padded.length; at++) {
    const piece = padded.slice(at, at + 3)
    pieces.set(piece, (pieces.get(piece) ?? 0) + 1)
  }
  return pieces
}

const sizeOf = (pieces: ReadonlyMap<string, number>): number =>
  [...pieces.values()].reduce((sum, count) => sum + count, 0)
