/** Sums of usage by hour and by day. */
export { createRollUp, type RollUp, summedHours } from './roll-up.ts'
export {
  answeredOf,
  type CountedDay,
  type CountedModel,
  countDays,
  countModels,
  own as rollUpTables,
  type PiecesAsk,
  piecesOf,
  SUMS,
  type UsageColumn,
} from './store.ts'
