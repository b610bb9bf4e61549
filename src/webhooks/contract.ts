/** Routes of webhooks: where other servers are told, and what became of each message. */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import { EventId, EventType, Payload } from './event.ts'

export const WebhookId = idOf('whk')
export type WebhookId = z.infer<typeof WebhookId>
export const DeliveryId = idOf('dlv')
export type DeliveryId = z.infer<typeof DeliveryId>

export const Webhook = z.object({
  id: WebhookId,
  organisation: Organisation,
  /** Where events are sent. */
  url: z.string(),
  description: z.string(),
  /** Which events; all when empty. */
  events: z.array(EventType),
  /** Only those of this application; null for all. */
  application: Name.nullable(),
  enabled: z.boolean(),
  /** Why it was switched off by itself; null otherwise. */
  disabledBecause: z.string().nullable(),
  createdAt: Instant,
  createdBy: ActorId,
})
export type Webhook = z.infer<typeof Webhook>

export const WebhookDelivery = z.object({
  id: DeliveryId,
  organisation: Organisation,
  webhook: WebhookId,
  /** The same for every try, and for one that was sent again by hand: receivers tell events apart by it. */
  event: EventId,
  type: EventType,
  application: z.string().nullable(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  /** What the receiver answered, the last try at the end; status null when there was no answer. */
  attempts: z.array(z.object({ at: Instant, status: z.number().int().nullable(), error: z.string().nullable() })),
  nextAt: Instant.nullable(),
  createdAt: Instant,
  deliveredAt: Instant.nullable(),
})
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

const settings = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'use an address that begins with https:// or http://' }).max(2000),
  description: z.string().max(500),
  events: z.array(EventType.exclude(['webhook.test'])),
  application: Name.nullable(),
})
const one = z.object({ id: WebhookId })
const oneDelivery = z.object({ id: DeliveryId })
const Shown = z.object({ webhook: Webhook, secret: z.string() })

export const createWebhook = route({
  name: 'createWebhook',
  method: 'POST',
  path: '/api/v1/webhooks',
  summary: 'Tell another server of events; the secret that signs them is in this answer and nowhere else',
  permission: 'administer',
  example: { url: 'https://example.com/hooks/airworthy', events: ['release.promoted', 'rollout.aborted'] },
  body: settings.partial({ description: true, events: true, application: true }),
  returns: { 201: Shown },
})

export const listWebhooks = route({
  name: 'listWebhooks',
  method: 'GET',
  path: '/api/v1/webhooks',
  summary: 'List webhooks, without their secrets',
  permission: 'operate',
  query: Page,
  returns: { 200: pageOf(Webhook) },
})

export const changeWebhook = route({
  name: 'changeWebhook',
  method: 'PUT',
  path: '/api/v1/webhooks/:id',
  summary: 'Change where and of what a webhook tells, or switch it off and on; what is not said stays',
  permission: 'administer',
  params: one,
  body: settings.extend({ enabled: z.boolean() }).partial(),
  returns: { 200: Webhook },
})

export const rotateWebhookSecret = route({
  name: 'rotateWebhookSecret',
  method: 'POST',
  path: '/api/v1/webhooks/:id/secret',
  summary: 'Make a new signing secret; for a day events carry a signature of the old one too',
  permission: 'administer',
  params: one,
  returns: { 201: Shown },
})

export const deleteWebhook = route({
  name: 'deleteWebhook',
  method: 'DELETE',
  path: '/api/v1/webhooks/:id',
  summary: 'Remove a webhook with its log; what waits is not sent',
  permission: 'administer',
  params: one,
  returns: { 204: null },
})

export const testWebhook = route({
  name: 'testWebhook',
  method: 'POST',
  path: '/api/v1/webhooks/:id/test',
  summary: 'Send an event webhook.test, to see whether the receiver answers and believes the signature',
  permission: 'operate',
  params: one,
  returns: { 201: WebhookDelivery },
})

export const listWebhookDeliveries = route({
  name: 'listWebhookDeliveries',
  method: 'GET',
  path: '/api/v1/webhooks/:id/deliveries',
  summary: 'What was sent to a webhook and how each try ended, newest first',
  permission: 'operate',
  params: one,
  query: Page.extend({ cursor: DeliveryId.optional(), state: WebhookDelivery.shape.state.optional() }),
  returns: { 200: pageOf(WebhookDelivery) },
})

export const getWebhookDelivery = route({
  name: 'getWebhookDelivery',
  method: 'GET',
  path: '/api/v1/webhook-deliveries/:id',
  summary: 'Get one delivery with the payload that was sent',
  permission: 'operate',
  params: oneDelivery,
  returns: { 200: WebhookDelivery.extend({ payload: Payload }) },
})

export const redeliverWebhook = route({
  name: 'redeliverWebhook',
  method: 'POST',
  path: '/api/v1/webhook-deliveries/:id/redeliver',
  summary: 'Send the event of a delivery again, under the same event id',
  permission: 'operate',
  params: oneDelivery,
  returns: { 201: WebhookDelivery },
})
