/**
 * Puts small batches of spans that wait at the same time into one transaction, which then waits for the disk once for
 * all of them.
 *
 * Invariants: who adds is answered when the spans are committed; and a batch that cannot be added spoils no other,
 * because what was put together and failed is added one by one.
 */
import type { SpanBatch } from './otlp-batch.ts'
import type { TraceSum } from './trace-sum.ts'

/** Transactions at once; while fewer are under way nobody waits for company. */
const AT_ONCE = 4
/** Bytes of what is put together; a batch that is larger goes alone. */
const MOST_BYTES = 512 * 1024

type Waiting = { readonly batch: SpanBatch; readonly settle: (committed: Promise<void>) => void }

/** @param add one transaction; throws when nothing of the batch was kept */
export function createBatchJoiner({ add }: { add: (batch: SpanBatch) => Promise<void> }) {
  let waiting: Waiting[] = []
  let underWay = 0

  async function run(group: readonly Waiting[]): Promise<void> {
    const committed = add(joined(group.map(({ batch }) => batch)))
    const isKept = await committed.then(
      () => true,
      () => false,
    )
    for (const { batch, settle } of group) {
      const own = isKept || group.length === 1 ? committed : add(batch)
      settle(own)
      await own.catch(() => {})
    }
  }

  function go(): void {
    while (underWay < AT_ONCE && waiting.length > 0) {
      const group = companyOf(waiting)
      waiting = waiting.filter((one) => !group.includes(one))
      underWay += 1
      void run(group).finally(() => {
        underWay -= 1
        go()
      })
    }
  }

  return {
    /** Answers when the batch is committed. */
    add: (batch: SpanBatch): Promise<void> =>
      new Promise((resolve) => {
        waiting.push({ batch, settle: resolve })
        go()
      }),
  }
}

/** The first and who fits beside it. The spans of one trace are summed up together, so it stands in one batch alone. */
function companyOf([first, ...others]: readonly Waiting[]): Waiting[] {
  if (!first) return []
  const group = [first]
  const traces = new Set(first.batch.traceIds)
  let bytes = first.batch.lines.byteLength
  for (const one of others) {
    const { lines, traceIds } = one.batch
    if (bytes + lines.byteLength > MOST_BYTES || traceIds.some((id) => traces.has(id))) continue
    group.push(one)
    bytes += lines.byteLength
    for (const id of traceIds) traces.add(id)
  }
  return group
}

/** In the order of trace ids, in which everybody locks them. */
function joined(batches: readonly SpanBatch[]): SpanBatch {
  const [only, ...others] = batches
  if (only && others.length === 0) return only
  const sums = batches
    .flatMap(({ sums: text }) => JSON.parse(text) as TraceSum[])
    .sort((one, other) => (one.traceId < other.traceId ? -1 : 1))
  return {
    traceIds: sums.map(({ traceId }) => traceId),
    lines: Buffer.concat(batches.map(({ lines }) => lines)),
    sums: JSON.stringify(sums),
  }
}
