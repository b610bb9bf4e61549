/** Sums of usage by hour and by day. */
export { type CountedDay, type CountedModel, countDays, countModels } from './days/store.ts'
export { createRollUp, type RollUp, summedHours } from './roll-up.ts'
export {
  answeredOf,
  CACHE_SUMS,
  type CountedCaches,
  own as rollUpTables,
  type PiecesAsk,
  piecesOf,
  SUMS,
  type UsageColumn,
} from './store.ts'
