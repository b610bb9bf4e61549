/**
 * How much room young values get in each thread.
 *
 * V8 takes what the process was given as a flag (`bin/server-flags.json`) for every thread, whatever limits a thread was
 * started with: each of them, also one that adds up a few numbers, held 32 MB of garbage. Called once at the start, when
 * the first thread has its own.
 */
import { setFlagsFromString } from 'node:v8'

export function leaveFlagsToFirstThread(): void {
  // Zero is what V8 says for none.
  setFlagsFromString('--min-semi-space-size=0')
  setFlagsFromString('--max-semi-space-size=0')
}
