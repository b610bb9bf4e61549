/** What is kept of an answer that passes: all of it up to a size, of a larger one the tail. */
export type Kept = { readonly whole: Buffer } | { readonly tail: Buffer }

const TAIL = 16 * 1024

export function keepBytes(limit: number): { push(chunk: Buffer): void; isSmall(): boolean; take(): Kept } {
  let chunks: Buffer[] = []
  let size = 0
  let tail = false
  return {
    push(chunk) {
      chunks.push(chunk)
      size += chunk.length
      if (!tail && size <= limit) return
      tail = true
      while (chunks.length > 1 && size - (chunks[0]?.length ?? 0) >= TAIL) size -= chunks.shift()?.length ?? 0
    },
    isSmall: () => !tail,
    take() {
      const [only] = chunks
      const bytes = chunks.length === 1 && only ? only : Buffer.concat(chunks)
      chunks = []
      return tail ? { tail: bytes.subarray(-TAIL) } : { whole: bytes }
    },
  }
}
