/**
 * Seals rows from before, a page at a time, in a process that works on jobs. A stop costs nothing: what is sealed says so
 * itself, and the next start goes on with what is not. Ends with a pass that found nothing in clear.
 */

import type { ContentSeal } from '../../kernel/content-seal.ts'
import { SECOND, sleep } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { type InClear, inClear } from '../../store/in-clear.ts'
import { closeFeedback, closeResponse, closeSpan, closeSum, closeTrace } from './sealed-rows.ts'
import {
  findContentKey,
  listClearFeedback,
  listClearResponses,
  listClearSpans,
  listClearTraces,
  sealFeedback,
  sealResponses,
  sealSpans,
  sealTraces,
  setComplete,
} from './store.ts'

const PAGE = 200
/** Between pages, so that requests and people come first. */
const REST_MS = 20
/** After the database did not answer. */
const AGAIN_MS = 30 * SECOND

export type SealingState = {
  readonly isOn: boolean
  /** sealed: nothing of before is in clear any more · under-way: so many rows since the start. */
  readonly older: 'sealed' | 'under-way' | 'in-clear'
  readonly rows: number
}

type Deps = {
  readonly db: Database
  readonly organisation: string
  readonly seal: ContentSeal | undefined
  readonly report: (thrown: unknown) => void
}

export function createSealOlder({ db, organisation, seal, report }: Deps) {
  const others: InClear[] = []
  let rows = 0
  let running: Promise<void> | undefined
  let stopped = new AbortController()

  /** Until a page is empty. Returns how many rows. */
  async function pass(sealPage: InClear, to: ContentSeal, signal: AbortSignal): Promise<number> {
    let sealed = 0
    for (let after: unknown; !signal.aborted; ) {
      const page = await sealPage(db, { seal: to, after, limit: PAGE })
      if (page.rows === 0) return sealed
      sealed += page.rows
      rows += page.rows
      after = page.last
      await sleep(REST_MS)
    }
    return sealed
  }

  async function run(to: ContentSeal, signal: AbortSignal): Promise<void> {
    while (!signal.aborted)
      try {
        if ((await findContentKey(db, organisation))?.isComplete) return
        let sealed = 0
        for (const kind of [...OWN, ...others]) sealed += await pass(kind, to, signal)
        if (sealed > 0 || signal.aborted) continue
        await setComplete(db, organisation, true)
        return
      } catch (thrown) {
        if (signal.aborted) return
        report(thrown)
        await sleep(AGAIN_MS, signal).catch(() => {})
      }
  }

  return {
    /** Rows of another slice that say what was said; before the start. */
    also(kind: InClear): void {
      others.push(kind)
    },
    start(): void {
      if (!seal?.isOn) return
      stopped = new AbortController()
      running = run(seal, stopped.signal)
    },
    async stop(): Promise<void> {
      stopped.abort()
      await running
    },
    async state(): Promise<SealingState> {
      if (!seal?.isOn) return { isOn: false, older: 'in-clear', rows }
      const isComplete = (await findContentKey(db, organisation))?.isComplete ?? false
      return { isOn: true, older: isComplete ? 'sealed' : 'under-way', rows }
    },
  }
}

const OWN: readonly InClear[] = [
  inClear({
    list: listClearTraces,
    close: (row, seal) => (row.source === 'otlp' ? closeSum(row, seal) : closeTrace(row, seal, row.question)),
    write: sealTraces,
  }),
  inClear({ list: listClearSpans, close: closeSpan, write: sealSpans }),
  inClear({ list: listClearFeedback, close: closeFeedback, write: sealFeedback }),
  inClear({ list: listClearResponses, close: closeResponse, write: sealResponses }),
]
