/** What tests of the house use of the tools. */
export { axeFaults, listenToConsole, openBrowser, settled, sidewaysPx } from './browser.ts'
export { generateSdk } from './generate-sdk.ts'
