/** Servers of one's own. */
export { attachProvider, getProviderLoad } from './contract.ts'
export { selfHostedHttp } from './http.ts'
export { createSelfHosted } from './self-hosted.ts'
