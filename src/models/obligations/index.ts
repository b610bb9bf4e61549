/** What licences of models ask for. */
export { LicenceObligations, LicencePack, obligationLines, obligationsOf } from './obligation.ts'
