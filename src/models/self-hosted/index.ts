/** Servers of one's own. */
export { selfHostedHttp } from './http.ts'
export { createSelfHosted } from './self-hosted.ts'
