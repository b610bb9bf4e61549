/** Prices of your own, and every book that was in force. */
export { pricesHttp } from './http.ts'
export { createPricePolicies, decideUnknownPrice, type PricePolicies } from './policies.ts'
export { UnknownPrice } from './policy-contract.ts'
export { createPrices, type Prices } from './prices.ts'
export { priceTables } from './store.ts'
