/** Leaving a provider. */
export { type Compared, createExit } from './exit.ts'
