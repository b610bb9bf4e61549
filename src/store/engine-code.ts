/**
 * Keeps V8's optimising compiler away from the functions that the engine runs while it opens and makes its tables.
 *
 * One of them, the interpreter of expressions (105 KB of WebAssembly), costs the optimiser 2 s of processor time
 * and 600 MB at every start, and pays back a quarter of the time of a query. Whether a function may be optimised
 * is decided when it is first called; so what the start calls stays as the quick compiler made it, and what is
 * called later is optimised as usual. Measured by `bench/startup`.
 */
import { setFlagsFromString } from 'node:v8'

/** Migrations and queues are through by then on any machine that is not busy; on one that is, nothing is lost. */
const START_MS = 1500

export async function withoutOptimiser<Result>(work: () => Promise<Result>): Promise<Result> {
  // In this order there is no moment in which every function would be optimised at once.
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--no-wasm-dynamic-tiering')
  try {
    return await work()
  } finally {
    setTimeout(allowOptimiser, START_MS).unref()
  }
}

function allowOptimiser(): void {
  setFlagsFromString('--wasm-dynamic-tiering')
  setFlagsFromString('--wasm-tier-up')
}
