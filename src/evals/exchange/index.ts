/** Exchange: what comes in from other tools and goes out to them. */

export { readCases } from './cases.ts'
export { readGarakReport } from './garak.ts'
export { type ExchangeDeps, exchangeHttp } from './http.ts'
export { convertPromptfoo } from './promptfoo.ts'
export { readTables } from './sheets.ts'
