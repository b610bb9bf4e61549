/**
 * Webhooks: other servers are told of what happens here, in signed requests.
 *
 * Invariant: an event that is told of a change is written in the transaction of that change, for each webhook that
 * wants it; a job sends it, and what fails is sent again for three days. Receivers get it at least once.
 */
import { Failure } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import { outwardUrl } from '../kernel/outward.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Reach } from '../kernel/reach.ts'
import { type KeyChange, resealing } from '../kernel/reseal.ts'
import { createSeal } from '../kernel/seal.ts'
import type { Secret } from '../kernel/secret.ts'
import { type Clock, DAY, later, SECOND } from '../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import type { Jobs } from '../store/jobs.ts'
import type { RecordAudit } from '../store/record-audit.ts'
import { type Caller, demandApplication } from '../wire/caller.ts'
import type { ChangeEvent } from '../wire/events.ts'
import { createPost, type SendPost } from '../wire/post.ts'
import type { DeliveryId, Webhook, WebhookDelivery, WebhookId } from './contract.ts'
import { deliver } from './deliver.ts'
import { type Entry, type Happening, happeningOf, Payload } from './event.ts'
import { deliveriesPlace } from './personal.ts'
import { type DeliveryRow, shownDelivery, shownWebhook, type WebhookRow } from './rows.ts'
import { newSigningSecret } from './sign.ts'
import {
  addDelivery,
  addWebhook,
  changeWebhook,
  findDelivery,
  findWebhook,
  listDeliveries,
  listDue,
  listWebhooks,
  removeWebhook,
  resealWebhooks,
} from './store.ts'

export type WebhooksDeps = {
  readonly db: Database
  readonly jobs: Pick<Jobs, 'handle' | 'enqueue' | 'forget'>
  readonly clock: Clock
  readonly newId: NewId
  readonly random: RandomBytes
  readonly masterKey: Secret
  readonly organisation: string
  readonly publish: (event: ChangeEvent) => void
  readonly record: RecordAudit
  readonly report: (thrown: unknown) => void
  readonly post?: SendPost
  /** Which private addresses may be asked; all when it is not said. */
  readonly reach?: Reach
}

export type WebhookSettings = Pick<Webhook, 'url' | 'description' | 'events' | 'application'>
export type Webhooks = ReturnType<typeof createWebhooks>

const PURPOSE = 'webhooks'
const KIND = 'webhooks.deliver'
const LOOK_MS = 2 * SECOND
const OVERLAP_MS = DAY

/** Every signing secret from one master key to another. Returns how many webhooks. */
export const resealSecrets = (tx: Tx, change: KeyChange): Promise<number> =>
  resealWebhooks(tx, resealing(change, PURPOSE))

export function createWebhooks(deps: WebhooksDeps) {
  const { db, jobs, clock, newId, random, organisation, publish, record } = deps
  const seal = createSeal({ masterKey: deps.masterKey, purpose: PURPOSE, random })
  const sending = {
    db,
    clock,
    random,
    seal,
    post: deps.post ?? createPost({ ...(deps.reach && { reach: deps.reach }) }),
  }
  let timer: NodeJS.Timeout | undefined
  jobs.handle(KIND, async ({ job, signal }) => {
    const id = job.input.delivery as DeliveryId
    await deliver(sending, id, signal)
    publish({ topic: 'webhook-delivery', id, application: null })
  })

  // A try is one job: a second process, or a second look, finds it there.
  const keyOf = ({ id, attempts }: DeliveryRow) => `${id}#${attempts.length}`
  const enqueue = (tx: Tx, row: DeliveryRow) =>
    jobs.enqueue(tx, {
      organisation,
      kind: KIND,
      key: keyOf(row),
      input: { delivery: row.id, application: row.application },
    })

  async function send(
    tx: Tx,
    webhook: WebhookRow,
    sent: Pick<DeliveryRow, 'event' | 'type' | 'application' | 'payload'>,
  ): Promise<DeliveryRow> {
    const at = clock()
    const row: DeliveryRow = {
      id: newId('dlv'),
      organisation,
      webhook: webhook.id,
      ...sent,
      state: 'waiting',
      attempts: [],
      nextAt: at,
      createdAt: at,
      deliveredAt: null,
    }
    await addDelivery(tx, row)
    await enqueue(tx, row)
    return row
  }

  const messageOf = ({ type, ...data }: Happening) => ({
    event: newId('evt'),
    type,
    application: data.application,
    payload: JSON.stringify({ type, timestamp: clock(), data } satisfies Payload),
  })

  async function tellAll(tx: Tx, happening: Happening): Promise<void> {
    const wanting = (await listWebhooks(tx, organisation)).filter((webhook) => wants(webhook, happening))
    if (wanting.length === 0) return
    const message = messageOf(happening)
    for (const webhook of wanting) await send(tx, webhook, message)
  }

  async function demand(id: WebhookId, caller: Caller): Promise<WebhookRow> {
    const row = await findWebhook(db, id)
    if (!row || row.organisation !== organisation) throw unknown('webhook', id)
    if (caller.application !== null) demandApplication(caller, row.application ?? '')
    return row
  }

  async function demandDelivery(
    id: DeliveryId,
    caller: Caller,
  ): Promise<{ delivery: DeliveryRow; webhook: WebhookRow }> {
    const delivery = await findDelivery(db, id)
    if (!delivery) throw unknown('delivery', id)
    return { delivery, webhook: await demand(delivery.webhook, caller) }
  }

  /** A change with its entry in the audit log; addresses may hold a token, so only the host is written there. */
  const changed = (
    caller: Caller,
    action: string,
    { id, url, application }: WebhookRow,
    work: (tx: Tx) => Promise<void>,
  ) =>
    inTransaction(db, async (tx) => {
      await work(tx)
      const detail = { host: new URL(url).host }
      await record(tx, { actor: caller.actor, action: `webhooks.${action}`, subject: id, application, detail })
    }).then(() => publish({ topic: 'webhook', id, application }))

  return {
    /** Tells of a change in its own transaction, when it is one that is told. */
    note: async (tx: Tx, entry: Entry): Promise<void> => {
      const happening = happeningOf(entry)
      if (happening) await tellAll(tx, happening)
    },
    /** Tells of what is no change of the database; what goes wrong is reported. */
    tell: (happening: Happening): void => {
      inTransaction(db, (tx) => tellAll(tx, happening)).catch(deps.report)
    },

    async create(settings: WebhookSettings, caller: Caller): Promise<{ webhook: Webhook; secret: Secret }> {
      outwardUrl(settings.url, deps.reach)
      if (caller.application !== null) demandApplication(caller, settings.application ?? '')
      const id = newId('whk')
      const secret = newSigningSecret(random)
      const row: WebhookRow = {
        ...settings,
        id,
        organisation,
        enabled: true,
        disabledBecause: null,
        createdAt: clock(),
        createdBy: caller.actor,
        secret: seal.close(secret.reveal(), id),
        previousSecret: null,
        previousUntil: null,
      }
      await changed(caller, 'create', row, (tx) => addWebhook(tx, row))
      return { webhook: shownWebhook(row), secret }
    },
    async list(caller: Caller): Promise<Webhook[]> {
      const rows = await listWebhooks(db, organisation)
      return rows
        .filter(({ application }) => caller.application === null || caller.application === application)
        .map(shownWebhook)
    },
    async change(
      id: WebhookId,
      settings: Partial<WebhookSettings & { enabled: boolean }>,
      caller: Caller,
    ): Promise<Webhook> {
      const before = await demand(id, caller)
      if (settings.url !== undefined) outwardUrl(settings.url, deps.reach)
      const isSwitchedOn = settings.enabled === true && !before.enabled
      const change = { ...settings, ...(isSwitchedOn && { disabledBecause: null }) }
      await changed(caller, 'change', { ...before, ...change }, (tx) => changeWebhook(tx, id, change))
      return shownWebhook({ ...before, ...change })
    },
    async rotate(id: WebhookId, caller: Caller): Promise<{ webhook: Webhook; secret: Secret }> {
      const before = await demand(id, caller)
      const secret = newSigningSecret(random)
      const change = {
        secret: seal.close(secret.reveal(), id),
        previousSecret: before.secret,
        previousUntil: later(clock(), OVERLAP_MS),
      }
      await changed(caller, 'rotate-secret', before, (tx) => changeWebhook(tx, id, change))
      return { webhook: shownWebhook(before), secret }
    },
    async remove(id: WebhookId, caller: Caller): Promise<void> {
      const row = await demand(id, caller)
      await changed(caller, 'delete', row, (tx) => removeWebhook(tx, id))
    },

    async test(id: WebhookId, caller: Caller): Promise<WebhookDelivery> {
      const webhook = await demand(id, caller)
      const { application } = webhook
      const message = messageOf({ type: 'webhook.test', application, subject: id, actor: caller.actor, detail: {} })
      return shownDelivery(await inTransaction(db, (tx) => send(tx, webhook, message)))
    },
    async deliveries(
      id: WebhookId,
      {
        cursor,
        state,
        limit,
      }: { cursor: DeliveryId | undefined; state: DeliveryRow['state'] | undefined; limit: number },
      caller: Caller,
    ): Promise<WebhookDelivery[]> {
      await demand(id, caller)
      return (await listDeliveries(db, { webhook: id, before: cursor, state, limit })).map(shownDelivery)
    },
    async delivery(id: DeliveryId, caller: Caller): Promise<WebhookDelivery & { payload: Payload }> {
      const { delivery } = await demandDelivery(id, caller)
      return { ...shownDelivery(delivery), payload: Payload.parse(JSON.parse(delivery.payload)) }
    },
    async redeliver(id: DeliveryId, caller: Caller): Promise<WebhookDelivery> {
      const { delivery, webhook } = await demandDelivery(id, caller)
      const { event, type, application, payload } = delivery
      return shownDelivery(await inTransaction(db, (tx) => send(tx, webhook, { event, type, application, payload })))
    },

    personalPlaces: [deliveriesPlace(db)],

    /** Sends what is due again; the second look of a try finds its job there. */
    async tick(): Promise<void> {
      for (const due of await listDue(db, clock())) {
        const { state } = await inTransaction(db, (tx) => enqueue(tx, due))
        // It ended without a try: the webhook was off, or something broke on our side. The next look adds it anew.
        if (state !== 'queued' && state !== 'running') await jobs.forget(KIND, keyOf(due))
      }
    },
    start(): void {
      timer = setInterval(() => void this.tick().catch(deps.report), LOOK_MS)
      timer.unref()
    },
    stop: (): void => clearInterval(timer),
  }
}

const wants = (webhook: Webhook, { type, application }: Happening): boolean =>
  webhook.enabled &&
  (webhook.events.length === 0 || webhook.events.includes(type)) &&
  (webhook.application === null || webhook.application === application)

const unknown = (what: 'webhook' | 'delivery', id: string) =>
  new Failure('unknown', `webhooks.${what}-unknown`, `There is no ${what} ${id}. List them to see those there are.`)
