/** The public surface of webhooks. */
export { webhooksHttp } from './http.ts'
export { webhooksMigrations } from './migrations.ts'
export { own as webhooksTables } from './store.ts'
export { createWebhooks, type Webhooks } from './webhooks.ts'
