/** Guardrails on models that are asked directly or by a route. */
export { modelGuardrailsHttp } from './http.ts'
export { createModelGuardrails, type ModelGuardrailsInForce, type ModelGuards } from './model-guardrails.ts'
export { guardrailsMigrations, modelGuardrailTables } from './store.ts'
