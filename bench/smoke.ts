/** A bench as its test runs it: small, to its end, as a process of its own. */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** Compiled sources are kept, as `bin/airworthy.js` keeps them, for all processes of all benches. */
const NODE_COMPILE_CACHE = fileURLToPath(new URL('../node_modules/.cache/airworthy', import.meta.url))

/**
 * What `node <file> --smoke` printed. Throws when it ended badly or complained.
 * @param at the address of the test, beside which the bench lies
 */
export async function smoke(file: string, at: string): Promise<string> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, at)), '--smoke'], {
    env: { ...process.env, NODE_COMPILE_CACHE },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  if ((await code) !== 0 || err !== '') throw new Error(`${file} ended with ${await code}: ${err}\n${out}`)
  return out
}
