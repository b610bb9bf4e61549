/** What gateways say of themselves. */
export type { GatewayReport } from './contract.ts'
export { createGateways, type Gateways } from './gateways.ts'
export { gatewaysHttp } from './http.ts'
export { gatewayTables } from './store.ts'
