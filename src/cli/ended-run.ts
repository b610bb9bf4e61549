/** Waits for a run of probes and says how far it is. */
import type { Output } from './output.ts'

type Run = {
  readonly id: string
  readonly state: string
  readonly progress: { readonly done: number; readonly total: number | null; readonly message: string }
}

const LOOK_MS = 500

/** @param what is made, in the plural: `attacks` */
export async function endedRun<One extends Run>(
  output: Output,
  { what, look }: { what: string; look: () => Promise<One | undefined> },
): Promise<One> {
  for (;;) {
    const found = await look()
    if (found && ['succeeded', 'failed', 'cancelled'].includes(found.state)) {
      output.settle()
      return found
    }
    const { done, total, message } = found?.progress ?? { done: 0, total: null, message: 'waiting' }
    const end = found ? ` \`airworthy call cancelJob id=${found.id}\` ends it.` : ''
    output.progress(`${done} of ${total ?? '?'} ${what}, ${message}.${end}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
