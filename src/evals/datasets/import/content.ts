/** The bytes of a file as an import reads them, wherever they are: on disk, or in memory where they are few. */
import type { LooseFile } from '../../../store/loose-file.ts'

export type Content = Pick<LooseFile, 'size' | 'read' | 'pieces'>

const PIECE_BYTES = 64 * 1024

export const contentOf = (bytes: Buffer, pieceBytes = PIECE_BYTES): Content => ({
  size: () => bytes.length,
  read: async (from, to) => bytes.subarray(from, to),
  async *pieces() {
    for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes)
  },
})
