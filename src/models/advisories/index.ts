/** Advisories about models and packages, and what they say of a release. */
export { type Advisories, createAdvisories } from './advisories.ts'
export { type Component, modelComponent, npmComponent } from './component.ts'
export { advisoriesHttp } from './http.ts'
export { advisoryMigrations } from './migrations.ts'
export { advisoryTables } from './store.ts'
export { type SupplyChainDeps, supplyChainPart, supplyChainProducer } from './supply-chain.ts'
