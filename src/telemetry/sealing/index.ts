/** Contents of traces, sealed at rest. */
export { openContentKey, resealContentKeys } from './content-key.ts'
export { createSealOlder } from './seal-older.ts'
export {
  closeFeedback,
  closeResponse,
  closeSpan,
  closeSum,
  closeTrace,
  openFeedback,
  openQuestion,
  openResponse,
  openSaid,
  openSpan,
  openTrace,
  type Sealed,
} from './sealed-rows.ts'
export { own as sealingTables } from './store.ts'
export { givenTo, sealOfThread } from './thread.ts'
