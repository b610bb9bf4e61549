/** Exchange: what comes in from other tools and goes out to them. */

export { readGarakReport } from './garak.ts'
export { type ExchangeDeps, exchangeHttp } from './http.ts'
