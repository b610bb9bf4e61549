/**
 * What becomes of a request to a model whose price nobody knows: whoever is nearest to the request decides, the route
 * before the application before the organisation. Where nobody has said anything, money that is capped is not spent
 * unseen: such a request could reserve nothing, so it is blocked wherever a cap on money is in force, and flagged elsewhere.
 */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { type Remember, readOnly } from '../../store/remember.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { PolicyScope, PricePolicy, PricePolicyInput, UnknownPrice } from './policy-contract.ts'
import type { PricePolicyRow } from './rows.ts'
import { deletePricePolicyRow, listPricePolicyRows, savePricePolicyRow } from './store.ts'

export type PoliciesDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  /** What has this name (`the application shop`); undefined when nothing has. */
  readonly takenBy: (tx: Tx, name: string) => Promise<string | undefined>
  readonly remember?: Remember
}

/** Who decided, and how: `caps` when nobody said anything and money is capped, `nobody` when it is not. */
export type Decision = { readonly policy: UnknownPrice; readonly by: 'route' | PolicyScope | 'caps' | 'nobody' }

export function decideUnknownPrice(said: {
  readonly route?: UnknownPrice | undefined
  readonly application?: UnknownPrice | undefined
  readonly organisation?: UnknownPrice | undefined
  /** Asked only when nobody has said anything. */
  readonly isMoneyCapped: () => boolean
}): Decision {
  for (const by of ['route', 'application', 'organisation'] as const) {
    const policy = said[by]
    if (policy) return { policy, by }
  }
  return said.isMoneyCapped() ? { policy: 'block', by: 'caps' } : { policy: 'flag', by: 'nobody' }
}

export async function createPricePolicies({
  db,
  clock,
  organisation,
  record,
  publish,
  takenBy,
  remember = readOnly,
}: PoliciesDeps) {
  let rows = await read()

  async function read(): Promise<Map<string, PricePolicy>> {
    const listed = await remember('price-policies', () => listPricePolicyRows(db, organisation))
    return new Map(listed.map((row) => [`${row.scope} ${row.name}`, shown(row)]))
  }

  const list = (): PricePolicy[] => [...rows.values()]
  return {
    list,
    /** What was said; undefined where nobody said anything. */
    of: (scope: PolicyScope, name: string): UnknownPrice | undefined => rows.get(`${scope} ${name}`)?.onUnknownPrice,
    async set(
      { scope, name }: { scope: PolicyScope; name: string },
      { onUnknownPrice, reason }: PricePolicyInput,
      by: ActorId,
    ): Promise<PricePolicy[]> {
      await inTransaction(db, async (tx) => {
        await demandThere(tx, { scope, name })
        if (onUnknownPrice === null) await deletePricePolicyRow(tx, { organisation, scope, name })
        else
          await savePricePolicyRow(tx, {
            organisation,
            scope,
            name,
            onUnknownPrice,
            reason,
            setAt: clock(),
            setBy: by,
          })
        await record(tx, {
          actor: by,
          action: 'models.set-price-policy',
          subject: name,
          detail: { scope, before: rows.get(`${scope} ${name}`)?.onUnknownPrice ?? null, onUnknownPrice, reason },
        })
      })
      rows = await read()
      publish({ topic: 'price', id: name, application: scope === 'application' ? name : null })
      return list()
    },
    /** Reads the rows again, for a process that did not write them. */
    async reload(): Promise<void> {
      rows = await read()
    },
  }

  /** A policy of nothing would look like safety. */
  async function demandThere(tx: Tx, { scope, name }: { scope: PolicyScope; name: string }): Promise<void> {
    const isThere = scope === 'organisation' ? name === organisation : (await takenBy(tx, name)) !== undefined
    if (isThere) return
    throw new Failure(
      'unknown',
      `models.${scope}-unknown`,
      scope === 'organisation'
        ? `There is no organisation ${name}; this one is ${organisation}.`
        : `There is no application ${name}. List them with GET /api/v1/applications.`,
      { problems: [{ field: 'name', message: 'unknown' }] },
    )
  }
}

export type PricePolicies = Awaited<ReturnType<typeof createPricePolicies>>

const shown = ({ organisation: _, ...policy }: PricePolicyRow): PricePolicy => policy
