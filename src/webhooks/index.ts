/** The public surface of webhooks. */
export { webhooksHttp } from './http.ts'
export { webhooksMigrations } from './migrations.ts'
export { own as webhooksTables } from './store.ts'
export { createWebhooks, resealSecrets, type Webhooks } from './webhooks.ts'
