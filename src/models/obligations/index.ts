/** What licences of models ask for. */
export { LicenceObligations, LicencePack, obligationLines, obligationsIn } from './obligation.ts'
