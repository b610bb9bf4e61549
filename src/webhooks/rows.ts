/** The rows: what is shown, and beside it what is kept to sign and to send. */
import { z } from 'zod'
import { Instant } from '../kernel/time.ts'
import { Webhook, WebhookDelivery } from './contract.ts'

export const WebhookRow = Webhook.extend({
  /** Sealed under the master key. */
  secret: z.string(),
  previousSecret: z.string().nullable(),
  /** Until when the previous one signs as well. */
  previousUntil: Instant.nullable(),
})
export type WebhookRow = z.infer<typeof WebhookRow>

export const DeliveryRow = WebhookDelivery.extend({
  /** The very bytes that are signed: never made anew from a value. */
  payload: z.string(),
})
export type DeliveryRow = z.infer<typeof DeliveryRow>

export const shownWebhook = ({ secret: _, previousSecret: __, previousUntil: ___, ...webhook }: WebhookRow): Webhook =>
  webhook
export const shownDelivery = ({ payload: _, ...delivery }: DeliveryRow): WebhookDelivery => delivery
