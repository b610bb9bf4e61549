/**
 * The prices in force, and those that were. Every book that was ever in force is kept under its digest before anything
 * is settled with it, so that an old request computes to the same amount for ever.
 */
import type { ActorId } from '../../core/actor.ts'
import type { Charge, Usage } from '../../core/usage.ts'
import type { Digest } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Clock, Instant } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import { isAway } from '../../store/database-error.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { type Remember, readOnly } from '../../store/remember.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { type PriceBook, readPriceBook } from '../price-book.ts'
import type { KeptPriceBook, OwnPrice, OwnPriceInput, PriceBookInForce, PriceOfModel } from './contract.ts'
import { Layer, layerOf, layPrices } from './layer.ts'
import type { OwnPriceRow } from './rows.ts'
import { addOwnPriceRow, findPriceBookRow, keepPriceBookRow, listOwnPriceRows } from './store.ts'

export type PricesDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  /** The book that comes with the program. */
  readonly priceBook: unknown
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  /** For a process that goes on while the database is away. */
  readonly remember?: Remember
}

export async function createPrices(deps: PricesDeps) {
  const { db, clock, organisation, record, publish, remember = readOnly } = deps
  const base = readPriceBook(deps.priceBook)
  /** Books of days before, by digest; few are ever asked for. */
  const older = new Map<Digest, PriceBook>()
  let own = await remember('own-prices', () => listOwnPriceRows(db, organisation).then((rows) => rows.map(shown)))
  let inForce = layPrices(base, layerOf(base, own))
  // A database that is away takes it at the next start; until then the program itself holds the book.
  await keep(db, inForce, own).catch((thrown) => {
    if (!isAway(thrown)) throw thrown
  })

  async function keep(at: Database | Tx, book: PriceBook, prices: readonly OwnPrice[]): Promise<void> {
    const keptAt = clock()
    const kept = (ref: PriceBook['ref'], content: unknown) =>
      keepPriceBookRow(at, { organisation, ...ref, content: JSON.stringify(content), keptAt })
    await kept(base.ref, base.file)
    if (book !== base) await kept(book.ref, layerOf(base, prices))
  }

  async function reload(): Promise<void> {
    own = (await listOwnPriceRows(db, organisation)).map(shown)
    inForce = layPrices(base, layerOf(base, own))
  }

  async function change(model: string, by: ActorId, price: Pick<OwnPrice, 'rates' | 'from' | 'reason'>) {
    const put = await inTransaction(db, async (tx) => {
      const rows = (await listOwnPriceRows(tx, organisation)).map(shown)
      const version = 1 + Math.max(0, ...rows.filter((row) => row.model === model).map((row) => row.version))
      const added: OwnPrice = { model, version, ...price, putAt: clock(), putBy: by }
      const { from, ...columns } = added
      await addOwnPriceRow(tx, { ...columns, fromAt: from, organisation })
      // In the order in which they will be read.
      const after = (await listOwnPriceRows(tx, organisation)).map(shown)
      await keep(tx, layPrices(base, layerOf(base, after)), after)
      await record(tx, {
        actor: by,
        action: price.rates ? 'models.put-price' : 'models.delete-price',
        subject: model,
        detail: { ...price, version },
      })
      return added
    })
    await reload()
    publish({ topic: 'price', id: model, application: null })
    return put
  }

  async function bookOf(digest: Digest): Promise<PriceBook | undefined> {
    if (digest === inForce.ref.digest) return inForce
    if (digest === base.ref.digest) return base
    const known = older.get(digest)
    if (known) return known
    const row = await findPriceBookRow(db, { organisation, digest })
    if (!row) return undefined
    const content: unknown = JSON.parse(row.content)
    const layer = Layer.safeParse(content)
    const below = layer.success ? await bookOf(layer.data.base) : undefined
    const book = layer.success ? below && layPrices(below, layer.data) : readPriceBook(content)
    if (book) older.set(digest, book)
    return book
  }

  return {
    get ref() {
      return inForce.ref
    },
    /** The book in force, whichever it is at the time. */
    book: {
      get models() {
        return inForce.models
      },
      priceOf: (model: string, at: Instant) => inForce.priceOf(model, at),
      costOf: (model: string, usage: Usage, at: Instant) => inForce.costOf(model, usage, at),
    },
    /** What these charges come to under a book that was in force; `unknown-book` when it was never kept. */
    async costUnder(digest: Digest, charges: readonly Charge[]): Promise<(MicroUsd | null)[] | 'unknown-book'> {
      const book = await bookOf(digest)
      return book ? charges.map(({ model, usage, at }) => book.costOf(model, usage, at)) : 'unknown-book'
    },
    inForce(): PriceBookInForce {
      const { asOf, note, sources } = base.file
      return { ...inForce.ref, asOf, note, sources, models: inForce.models.length }
    },
    async kept(digest: Digest): Promise<KeptPriceBook> {
      const row = await findPriceBookRow(db, { organisation, digest })
      if (!row)
        throw new Failure(
          'unknown',
          'models.price-book-unknown',
          `No price book ${digest} was ever in force here. Take the digest from a trace.`,
        )
      const { name, keptAt } = row
      return { name, digest, keptAt, content: JSON.parse(row.content) }
    },
    /** What a model costs now. */
    of: (model: string): PriceOfModel => ({
      model,
      price: inForce.priceOf(model, clock()),
      book: inForce.ref,
      own: own.filter((price) => price.model === model).toReversed(),
    }),
    list: (): OwnPrice[] =>
      own.toSorted((a, b) => (a.putAt < b.putAt ? 1 : a.putAt > b.putAt ? -1 : b.version - a.version)),
    put: (model: string, { rates, from = clock(), reason }: OwnPriceInput, by: ActorId): Promise<OwnPrice> =>
      change(model, by, { rates, from, reason }),
    async remove(model: string, by: ActorId): Promise<void> {
      const last = own.findLast((price) => price.model === model)
      if (!last?.rates)
        throw new Failure(
          'unknown',
          'models.price-unknown',
          `You have put no price for ${model}, so there is none to take back.`,
        )
      await change(model, by, { rates: null, from: clock(), reason: 'taken back' })
    },
    /** Reads the rows again, for a process that did not write them. */
    reload,
  }
}

export type Prices = Awaited<ReturnType<typeof createPrices>>

const shown = ({ organisation: _, fromAt, ...price }: OwnPriceRow): OwnPrice => ({ ...price, from: fromAt })
