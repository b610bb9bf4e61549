/**
 * The numbers of an experiment's rows as they come, on disk: what is held is one block of them, however many rows there
 * are. In a block each score lies by itself, so that one of them is read without the others (`columns/logged.ts`).
 *
 * Invariant: rows may come in any order. Whoever adds waits until a full block is written, so none is lost or held.
 */
import { microUsd, picoOf } from '../../kernel/money.ts'
import type { LooseFile } from '../../store/loose-file.ts'
import { type ArmTotals, type Block, blockBytes, blockIn, type Logged, type Measure, octets } from '../columns/index.ts'
import type { ArmName } from '../variant.ts'
import type { RowNumbers } from './row-numbers.ts'

export type NumbersAsk = {
  readonly arms: readonly ArmName[]
  readonly measures: readonly Measure[]
  readonly examples: number
  /** Runs of one example at most, over all experiments that are added up. */
  readonly repeats: number
}

export type NumberLog = AsyncDisposable & {
  /** @param place of the example among those of the experiment; rows of other arms are left out. */
  add(place: number, row: RowNumbers, arm?: ArmName): Promise<void>
  logged(): Logged
}

/** @param open a file of its own, which is closed with the log; asked for when the first block is full */
export function createNumberLog(
  { arms, measures: { length: measures }, examples, repeats }: NumbersAsk,
  open: () => Promise<LooseFile>,
): NumberLog {
  const places = new Map(arms.map((arm, at) => [arm, at]))
  const totals = arms.map(() => createTotals())
  const bytes = octets(blockBytes(measures))
  const block = blockIn(bytes, measures)
  let file: LooseFile | undefined
  /** The least and the greatest place of each block on disk. */
  const ranges: number[] = []
  let [blocks, rows, least, most] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

  async function keepBlock(): Promise<void> {
    file ??= await open()
    await file.append(bytes)
    ranges.push(least, most)
    blocks += 1
    ;[rows, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  }

  return {
    async add(place, row, arm = row.arm) {
      const at = places.get(arm)
      if (at === undefined) return
      totals[at]?.add(row)
      write(block, rows++, { place, arm: at, row })
      least = Math.min(least, place)
      most = Math.max(most, place)
      if (rows === block.places.length) await keepBlock()
    },
    logged: () => ({
      arms: arms.map((arm, at) => ({ arm, ...(totals[at] ?? createTotals()).end() })),
      ...{
        measures,
        examples,
        repeats,
        blocks,
        ranges: Int32Array.from(ranges),
        descriptor: file?.descriptor ?? null,
        last: { bytes, rows },
      },
    }),
    [Symbol.asyncDispose]: async () => file?.close(),
  }
}

function write(block: Block, at: number, { place, arm, row }: { place: number; arm: number; row: RowNumbers }): void {
  block.places[at] = place
  block.arms[at] = arm
  block.latencies[at] = row.isFailed ? Number.NaN : row.latencyMs
  for (const [measure, { scores, errors }] of block.measures.entries()) {
    scores[at] = row.scores[measure] ?? Number.NaN
    errors[at] = Number(row.isFailed || row.hasFailed[measure] === true)
  }
}

function createTotals() {
  let [rows, failed, reused, milliseconds] = [0, 0, 0, 0]
  let [input, output, estimated] = [0, 0, false]
  let [pico, isCostKnown] = [0n, true]
  return {
    add(row: RowNumbers): void {
      rows += 1
      if (row.isReused) reused += 1
      input += row.tokens.input
      output += row.tokens.output
      estimated ||= row.tokens.estimated
      if (row.costMicroUsd !== null) pico += picoOf(row.costMicroUsd)
      else if (!row.isFailed) isCostKnown = false
      if (row.isFailed) failed += 1
      else milliseconds += row.latencyMs
    },
    end: (): Omit<ArmTotals, 'arm'> => ({
      ...{ rows, failed, reused, tokens: { input, output, estimated }, seconds: milliseconds / 1000 },
      costMicroUsd: isCostKnown ? microUsd(pico) : null,
    }),
  }
}
