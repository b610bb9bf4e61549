/** What tests of the house use of the tools. */
export { generateSdk } from './generate-sdk.ts'
