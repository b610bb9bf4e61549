/**
 * Seals rows from before, a page at a time, in a process that works on jobs. A stop costs nothing: what is sealed says so
 * itself, and the next start goes on with what is not. Ends with a pass that found nothing in clear.
 */

import type { ContentSeal } from '../../kernel/content-seal.ts'
import { SECOND, sleep } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { closeFeedback, closeResponse, closeSpan, closeSum, closeTrace, type Sealed } from './sealed-rows.ts'
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
  let rows = 0
  let running: Promise<void> | undefined
  let stopped = new AbortController()

  /** Until a page is empty. Returns how many rows. */
  async function pass<Row>({ list, close, write }: Kind<Row>, signal: AbortSignal): Promise<number> {
    let sealed = 0
    for (let after: Row | undefined; !signal.aborted; ) {
      const page = await list(db, after, PAGE)
      if (page.length === 0) return sealed
      await write(db, page.map(close))
      sealed += page.length
      rows += page.length
      after = page.at(-1)
      await sleep(REST_MS)
    }
    return sealed
  }

  async function run(to: ContentSeal, signal: AbortSignal): Promise<void> {
    while (!signal.aborted)
      try {
        if ((await findContentKey(db, organisation))?.isComplete) return
        const kinds = kindsOf(to)
        const sealed =
          (await pass(kinds.traces, signal)) +
          (await pass(kinds.spans, signal)) +
          (await pass(kinds.feedback, signal)) +
          (await pass(kinds.responses, signal))
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

type Kind<Row> = {
  readonly list: (db: Database, after: Row | undefined, limit: number) => Promise<Row[]>
  readonly close: (row: Row) => Sealed<Row>
  readonly write: (db: Database, rows: readonly Sealed<Row>[]) => Promise<void>
}

const kindsOf = (seal: ContentSeal) => ({
  traces: kind({
    list: listClearTraces,
    close: (row) => (row.source === 'otlp' ? closeSum(row, seal) : closeTrace(row, seal, row.question)),
    write: sealTraces,
  }),
  spans: kind({ list: listClearSpans, close: (row) => closeSpan(row, seal), write: sealSpans }),
  feedback: kind({ list: listClearFeedback, close: (row) => closeFeedback(row, seal), write: sealFeedback }),
  responses: kind({ list: listClearResponses, close: (row) => closeResponse(row, seal), write: sealResponses }),
})

const kind = <Row>(one: Kind<Row>): Kind<Row> => one
