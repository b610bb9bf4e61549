/** Bytes that come in pieces, as lines of text: cut between bytes and not between characters. */

const NEWLINE = 10

/** Some whole lines at a time; the last ones have what is left. A line may be of any length and is held until it ends. */
export async function* byteLines(pieces: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let begun: Buffer[] = []
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(NEWLINE)
    if (end >= 0) {
      yield linesIn([...begun, piece.subarray(0, end)])
      begun = []
    }
    begun.push(Buffer.from(piece.subarray(end + 1)))
  }
  if (begun.some(({ length }) => length > 0)) yield linesIn(begun)
}

const linesIn = (pieces: readonly Buffer[]): string[] => Buffer.concat(pieces).toString('utf8').split('\n')
