/** A provider's export beside our records of the same days. Nothing of it is kept. */
import { picoOf } from '../../kernel/money.ts'
import { DAY, Instant, later } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import type { Caller } from '../../wire/caller.ts'
import type { CostUnder } from '../cost-again.ts'
import { compareUsage, type OwnRow, ownSum, type Tolerance, theirSum } from './compare.ts'
import type { Reconciliation } from './contract.ts'
import { readProviderExport } from './provider-export.ts'
import { countCharges, listShared } from './store.ts'

export type ReconcileAsk = {
  readonly content: string
  readonly provider?: string | undefined
  readonly tolerance?: Tolerance | undefined
}

const USUAL: Tolerance = { tokens: 0.001, money: 0.01 }

export const createReconcile =
  ({ db, costUnder }: { db: Database; costUnder: CostUnder }) =>
  async ({ caller, ask }: { caller: Caller; ask: ReconcileAsk }): Promise<Reconciliation> => {
    const { tolerance = USUAL } = ask
    const exported = readProviderExport(ask.content)
    const {
      format,
      taken,
      days,
      rows,
      provider = exported.provider,
    } = { ...exported, ...(ask.provider && { provider: ask.provider }) }
    const [first = '', last = ''] = [days[0], days.at(-1)]
    const own = days.length === 0 ? [] : await ownRows(first, last, provider, caller.application ?? undefined)
    const items = compareUsage(own, exported, tolerance)
    const covered = new Set(days)
    return {
      agrees: items.every(({ finding }) => finding === 'agrees'),
      format,
      provider,
      since: first,
      until: last,
      taken: [...taken.map(({ figure, from }) => ({ figure, from }))],
      tolerance,
      total: { ours: ownSum(own.filter(({ day }) => covered.has(day))), theirs: theirSum(rows) },
      items,
      notes: notesOn({
        own,
        hasTokens: rows.some(({ inputTokens }) => inputTokens !== null),
        isBound: caller.application,
      }),
    }

    async function ownRows(
      since: string,
      until: string,
      name: string,
      application: string | undefined,
    ): Promise<OwnRow[]> {
      const range = {
        since: midnight(since),
        until: later(midnight(until), DAY),
        provider: name,
        application,
      }
      const counted = (await countCharges(db, range)).map(
        ({ cost, ...row }): OwnRow => ({ ...row, model: withoutProvider(row.model), pico: picoOf(cost) }),
      )
      const shared: OwnRow[] = []
      for (const { at, priceBook, charges } of await listShared(db, range)) {
        const costs = priceBook ? await costUnder(priceBook.digest, charges) : 'unknown-book'
        for (const [i, { model }] of charges.entries()) {
          if (!model.startsWith(`${name}/`)) continue
          const cost = costs === 'unknown-book' ? null : (costs[i] ?? null)
          // Its tokens are counted already.
          const nothing = { requests: 0, inputTokens: 0, outputTokens: 0, estimated: 0 }
          const pico = cost === null ? 0n : picoOf(cost)
          shared.push({
            ...nothing,
            day: at.slice(0, 10),
            model: withoutProvider(model),
            pico,
            unpriced: cost === null ? 1 : 0,
          })
        }
      }
      return [...counted, ...shared]
    }
  }

const midnight = (day: string): Instant => Instant.parse(`${day}T00:00:00.000Z`)
const withoutProvider = (model: string): string => model.slice(model.indexOf('/') + 1)

function notesOn({
  own,
  hasTokens,
  isBound,
}: {
  own: readonly OwnRow[]
  hasTokens: boolean
  isBound: string | null
}): string[] {
  const sum = (name: 'estimated' | 'unpriced') => own.reduce((all, row) => all + row[name], 0)
  return [
    'Models are compared without the date of a snapshot. A request counts on the day on which it came in; a provider may count it on the next one.',
    "A provider's keys and projects are not ours, so they are added up.",
    hasTokens
      ? 'This export speaks of tokens; its costs are another export.'
      : 'This export speaks of money; its tokens are another export.',
    ...(sum('estimated') > 0
      ? [`${sum('estimated')} of our requests broke off and were counted by ourselves; there a difference is expected.`]
      : []),
    ...(sum('unpriced') > 0
      ? [`${sum('unpriced')} of our requests have no known price; their money is missing here, their tokens are not.`]
      : []),
    ...(isBound === null
      ? []
      : [`Only requests of the application ${isBound} are counted here, as your key sees no others.`]),
  ]
}
