/**
 * How much of a provider's traffic may be asking again: a fifth of the requests of the last ten seconds, and ten in ten
 * seconds whatever the traffic, over all requests and routes (as in Finagle and Envoy; Google's SRE book, ch. 22). A
 * provider that is down gets little more than its usual traffic then, instead of several times as much.
 */

/** Asked again for each request that was asked. */
const SHARE = 0.2
/** Asked again in a window, whatever the traffic. */
const FLOOR = 10
const WINDOW_MS = 10_000
/** The window moves by these steps. */
const SLICES = 10
const SLICE_MS = WINDOW_MS / SLICES

type Slice = { at: number; asked: number; again: number }
type Account = { readonly slices: Slice[]; asked: number; again: number; refused: number }

export type BudgetFigures = {
  readonly provider: string
  /** Since the start: requests that were asked for the first time, again, and not again because the budget was spent. */
  readonly asked: number
  readonly again: number
  readonly refused: number
}

export function createRetryBudget({ nowMs }: { nowMs: () => number }) {
  const accounts = new Map<string, Account>()
  const accountOf = (provider: string): Account => {
    let account = accounts.get(provider)
    if (!account) {
      account = {
        slices: Array.from({ length: SLICES }, () => ({ at: -1, asked: 0, again: 0 })),
        asked: 0,
        again: 0,
        refused: 0,
      }
      accounts.set(provider, account)
    }
    return account
  }
  const sliceOf = (account: Account): Slice | undefined => {
    const at = Math.floor(nowMs() / SLICE_MS)
    const slice = account.slices[at % SLICES]
    if (slice && slice.at !== at) Object.assign(slice, { at, asked: 0, again: 0 })
    return slice
  }
  return {
    /** A request is asked for the first time. */
    asked(provider: string): void {
      const account = accountOf(provider)
      account.asked += 1
      const slice = sliceOf(account)
      if (slice) slice.asked += 1
    },
    /** Takes the right to ask again; false when there is none left. */
    take(provider: string): boolean {
      const account = accountOf(provider)
      const slice = sliceOf(account)
      const oldest = Math.floor(nowMs() / SLICE_MS) - SLICES
      let [asked, again] = [0, 0]
      for (const one of account.slices)
        if (one.at > oldest) {
          asked += one.asked
          again += one.again
        }
      if (!slice || again >= FLOOR + SHARE * asked) {
        account.refused += 1
        return false
      }
      slice.again += 1
      account.again += 1
      return true
    },
    figures: (): BudgetFigures[] =>
      [...accounts].map(([provider, { asked, again, refused }]) => ({ provider, asked, again, refused })),
  }
}

export type RetryBudget = ReturnType<typeof createRetryBudget>
