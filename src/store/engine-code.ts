/**
 * Keeps V8's optimising compiler away from the large functions of the engine.
 *
 * One of them, the interpreter of expressions (105 KB of WebAssembly), costs the optimiser 2 s of processor time
 * and 600 MB, and pays back a tenth of the time of a query. Whether a function may be optimised is decided when it is
 * first called. That one is first called by the first statement, and with it what reads, plans and runs statements; so
 * what the statements of the opening call first stays as the quick compiler made it. What the engine calls before its
 * first statement (memory, pages, indexes, the log) and after it is open (`copy`, what makes JSON) may be optimised.
 * Measured by `bench/startup` and `bench/gateway` (0042).
 */
import { setFlagsFromString } from 'node:v8'

/** How much of a function runs before it is optimised, in bytes of it; a start alone makes few of them worth it. */
const PATIENT_BYTES = 50_000_000
/** V8's own. */
const USUAL_BYTES = 13_000_000

/** @param open is given what it calls before the first statement */
export async function withLittleOptimiser<Result>(open: (beforeFirst: () => void) => Promise<Result>): Promise<Result> {
  // Functions are counted from what is said here when the engine is made.
  setFlagsFromString(`--wasm-tiering-budget=${PATIENT_BYTES}`)
  try {
    return await open(forbidOptimiser)
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${USUAL_BYTES}`)
    allowOptimiser()
  }
}

// In these orders there is no moment in which every function would be optimised at once.
function forbidOptimiser(): void {
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--no-wasm-dynamic-tiering')
}

function allowOptimiser(): void {
  setFlagsFromString('--wasm-dynamic-tiering')
  setFlagsFromString('--wasm-tier-up')
}
