/** Routes of webhooks, bound to their verbs. */
import { handle, type Mounted } from '../wire/handle.ts'
import { page, reply } from '../wire/route.ts'
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhookDelivery,
  listWebhookDeliveries,
  listWebhooks,
  redeliverWebhook,
  rotateWebhookSecret,
  testWebhook,
} from './contract.ts'
import type { Webhooks } from './webhooks.ts'

export const webhooksHttp = (webhooks: Webhooks): Mounted[] => [
  handle(createWebhook, async ({ body, caller }) => {
    const { url, description = '', events = [], application = null } = body
    const { webhook, secret } = await webhooks.create({ url, description, events, application }, caller)
    return reply(201, { webhook, secret: secret.reveal() })
  }),
  handle(listWebhooks, async ({ query: { cursor, limit }, caller }) => {
    const after = (await webhooks.list(caller)).filter(({ id }) => cursor === undefined || id > cursor)
    return reply(
      200,
      page(after, limit, ({ id }) => id),
    )
  }),
  handle(changeWebhook, async ({ params, body, caller }) => {
    // What was not sent is left out, not undefined.
    const change = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
    return reply(200, await webhooks.change(params.id, change, caller))
  }),
  handle(rotateWebhookSecret, async ({ params, caller }) => {
    const { webhook, secret } = await webhooks.rotate(params.id, caller)
    return reply(201, { webhook, secret: secret.reveal() })
  }),
  handle(deleteWebhook, async ({ params, caller }) => {
    await webhooks.remove(params.id, caller)
    return reply(204, null)
  }),
  handle(testWebhook, async ({ params, caller }) => reply(201, await webhooks.test(params.id, caller))),
  handle(listWebhookDeliveries, async ({ params, query: { cursor, state, limit }, caller }) => {
    const rows = await webhooks.deliveries(params.id, { cursor, state, limit: limit + 1 }, caller)
    return reply(
      200,
      page(rows, limit, ({ id }) => id),
    )
  }),
  handle(getWebhookDelivery, async ({ params, caller }) => reply(200, await webhooks.delivery(params.id, caller))),
  handle(redeliverWebhook, async ({ params, caller }) => reply(201, await webhooks.redeliver(params.id, caller))),
]
