/** Summarises in a thread of its own when it would take long, so that the thread of the port stays free. */
import { Worker } from 'node:worker_threads'
import { Failure } from '../kernel/failure.ts'
import { type RankingInput, rankAll, type Summary, type SummaryInput, summarise } from './summary.ts'

const SMALL_ROWS = 1_000
/** 1,000,000 rows take a tenth of it. */
const MOST_MEGABYTES = 512
const YOUNG_MEGABYTES = 4

export type ApartAsk =
  | { readonly kind: 'summary'; readonly input: SummaryInput }
  | { readonly kind: 'ranking'; readonly input: RankingInput }
type Limit = { megabytes?: number }

/** Throws `evals.summary-too-large` when the thread's memory is used up: nothing but the thread ends of it. */
export async function summariseApart(input: SummaryInput, limit: Limit = {}): Promise<Summary> {
  const isSmall = rowsOf(input) <= (input.intervals === 'bca-bootstrap' ? 0 : SMALL_ROWS)
  return isSmall ? summarise(input) : apart<Summary>({ kind: 'summary', input }, limit)
}

/** Puts the examples in order by each measure, the worst first, and nothing else. */
export const rankApart = async (input: RankingInput): Promise<void> =>
  rowsOf(input) <= SMALL_ROWS ? rankAll(input) : apart<void>({ kind: 'ranking', input })

async function apart<Answer>(asked: ApartAsk, { megabytes = MOST_MEGABYTES }: Limit = {}): Promise<Answer> {
  const worker = new Worker(new URL('./summary-worker.ts', import.meta.url), {
    workerData: asked,
    // Nothing that is looked at lives long; a large nursery would only hold garbage.
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })
  try {
    return await new Promise<Answer>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (thrown) => reject(isOutOfMemory(thrown) ? tooLarge(asked.input, megabytes) : thrown))
      worker.once('exit', () => reject(new Error('The thread that summarises has ended without an answer.')))
    })
  } finally {
    await worker.terminate()
  }
}

const isOutOfMemory = (thrown: unknown): boolean =>
  (thrown as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY'

const rowsOf = ({ logged: { arms } }: Pick<SummaryInput, 'logged'>): number =>
  arms.reduce((sum, { rows }) => sum + rows, 0)

const tooLarge = (input: Pick<SummaryInput, 'logged'>, megabytes: number) =>
  new Failure(
    'unavailable',
    'evals.summary-too-large',
    `The figures of ${rowsOf(input)} rows took more than ${megabytes} MB of memory. The rows are kept; run it with fewer repeats or a smaller suite.`,
  )
