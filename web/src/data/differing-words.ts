/** Which words of a text are not in another, by the longest common run of words. */
export type Piece = { words: string; differs: boolean }

const LONGEST = 1200

export function differingWords(text: string, other: string): Piece[] {
  const mine = text.split(/(?<=\s)/)
  const theirs = other.split(/(?<=\s)/)
  // Beyond this the table of lengths costs more than the marks are worth.
  if (text === other || mine.length > LONGEST || theirs.length > LONGEST) return [{ words: text, differs: false }]
  const a = mine.map((word) => word.trim().toLowerCase())
  const b = theirs.map((word) => word.trim().toLowerCase())
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pieces: Piece[] = []
  for (let i = 0, j = 0; i < a.length; ) {
    const isCommon = j < b.length && a[i] === b[j]
    const skipsOther = !isCommon && j < b.length && at(i, j + 1) >= at(i + 1, j)
    if (skipsOther) {
      j++
      continue
    }
    add(pieces, mine[i] ?? '', !isCommon)
    i++
    if (isCommon) j++
  }
  return pieces
}

function add(pieces: Piece[], word: string, differs: boolean): void {
  const last = pieces.at(-1)
  if (last && last.differs === differs) last.words += word
  else pieces.push({ words: word, differs })
}
