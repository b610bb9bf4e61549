/** How the numbers of some thousand rows lie in a block: what of a row is asked for together lies together. */

/** Enough that writing costs nothing, few enough that an experiment of that many rows needs no disk. */
export const BLOCK_ROWS = 4_096

const HEAD_BYTES = 4 + 2
const LATENCY_BYTES = 8
const SCORE_BYTES = 8 + 1

/** Of each row its example's place, its arm's, its time (NaN where it failed), and by measure score and error. */
export type Block = {
  readonly places: Int32Array
  readonly arms: Uint16Array
  readonly latencies: Float64Array
  readonly measures: readonly { readonly scores: Float64Array; readonly errors: Uint8Array }[]
}

export const blockBytes = (measures: number): number =>
  BLOCK_ROWS * (HEAD_BYTES + LATENCY_BYTES + measures * SCORE_BYTES)

/** Where in a block the parts of it begin that are read by themselves, and how long they are. */
export const PARTS = {
  heads: { from: 0, bytes: BLOCK_ROWS * HEAD_BYTES },
  latencies: { from: BLOCK_ROWS * HEAD_BYTES, bytes: BLOCK_ROWS * LATENCY_BYTES },
  measure: (at: number) => ({
    from: BLOCK_ROWS * (HEAD_BYTES + LATENCY_BYTES + at * SCORE_BYTES),
    bytes: BLOCK_ROWS * SCORE_BYTES,
  }),
}
export type Part = { readonly from: number; readonly bytes: number }

export function headsIn({ buffer, byteOffset }: Uint8Array): Pick<Block, 'places' | 'arms'> {
  const arms = new Uint16Array(buffer, byteOffset + BLOCK_ROWS * 4, BLOCK_ROWS)
  return { places: new Int32Array(buffer, byteOffset, BLOCK_ROWS), arms }
}

export function measureIn({ buffer, byteOffset }: Uint8Array): Block['measures'][number] {
  const errors = new Uint8Array(buffer, byteOffset + BLOCK_ROWS * 8, BLOCK_ROWS)
  return { scores: new Float64Array(buffer, byteOffset, BLOCK_ROWS), errors }
}

export const latenciesIn = ({ buffer, byteOffset }: Uint8Array): Float64Array =>
  new Float64Array(buffer, byteOffset, BLOCK_ROWS)

export function blockIn(bytes: Uint8Array, measures: number): Block {
  const part = ({ from, bytes: length }: Part) => bytes.subarray(from, from + length)
  return {
    ...headsIn(part(PARTS.heads)),
    latencies: latenciesIn(part(PARTS.latencies)),
    measures: Array.from({ length: measures }, (_, at) => measureIn(part(PARTS.measure(at)))),
  }
}
