/** The public surface of the gateway. */
export type { GatewayDeps, GatewayModels, RunFlow, RunUnder } from './deps.ts'
export { createGateway, type Gateway } from './gateway.ts'
export { createNearAnswers } from './near-answers.ts'
