/**
 * Batches of the installation's own work but for experiments: what one may take is held from before it is sent until a
 * look finds its end. A batch that outlives its process is held no longer.
 */
import type { Access } from '../access/index.ts'
import type { DoneFor } from '../core/cap-reached.ts'
import { sumMoney } from '../kernel/money.ts'
import { type Clock, MINUTE, SECOND } from '../kernel/time.ts'
import type { CompletionRequest, Models, SentBatch } from '../models/index.ts'
import { tookIn } from './batch-work.ts'
import { type Bound, type Settle, take } from './own-caps.ts'

export type OwnBatches = Pick<Models['batches'], 'send' | 'look' | 'find'> & {
  /** What was done by then is settled when the provider has ended it. */
  cancel(batch: SentBatch): Promise<void>
}

/** A provider takes some minutes to end what it cancels. */
const LOOKS_MS = { first: SECOND, last: MINUTE, most: 20 } as const

export function ownBatches({
  on,
  deps,
  boundOf,
}: {
  /** Those that are not switched off. */
  on: Pick<Models, 'batches'>
  deps: { readonly access: Access; readonly clock: Clock }
  boundOf: (request: CompletionRequest) => Bound
}): (whose: DoneFor) => OwnBatches {
  const holds = new Map<string, Settle>()
  const look: OwnBatches['look'] = async (ask) => {
    const found = await on.batches.look(ask)
    const name = nameOf(ask)
    if (found.kind === 'ended') {
      holds.get(name)?.(tookIn(ask.model, found.outcomes))
      holds.delete(name)
    }
    return found
  }
  const settleLater = (batch: SentBatch, looks = 0, waitMs: number = LOOKS_MS.first): void => {
    if (looks === LOOKS_MS.most || !holds.has(nameOf(batch))) return
    const again = () => settleLater(batch, looks + 1, Math.min(2 * waitMs, LOOKS_MS.last))
    const signal = AbortSignal.timeout(LOOKS_MS.last)
    setTimeout(
      () => void look({ ...batch, signal }).then(({ kind }) => kind !== 'ended' && again(), again),
      waitMs,
    ).unref()
  }
  return (whose) => ({
    async send(model, requests, signal, tag) {
      const each = requests.map((request) => boundOf({ ...request, model, signal }))
      const bound: Bound = {
        models: [model],
        requests: requests.length,
        tokens: each.reduce((sum, { tokens }) => sum + tokens, 0),
        costMicroUsd: sumMoney(each.map(({ costMicroUsd }) => costMicroUsd)),
      }
      const { settle } = await take(deps, whose, { bound, signal })
      try {
        const id = await on.batches.send(model, requests, signal, tag)
        holds.set(nameOf({ model, id }), settle)
        return id
      } catch (thrown) {
        settle(undefined)
        throw thrown
      }
    },
    look,
    find: (ask) => on.batches.find(ask),
    async cancel(batch) {
      await on.batches.cancel(batch)
      settleLater(batch)
    },
  })
}

const nameOf = ({ model, id }: Pick<SentBatch, 'model' | 'id'>): string => `${model} ${id}`
