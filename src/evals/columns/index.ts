/** Numbers as columns, as a thread of its own reads them too; the only file that the rest of evals imports. */
export { type Block, blockBytes, blockIn } from './block.ts'
export { type Cases, createCases, idAt } from './cases.ts'
export { type Measure, measuresOf, type ScoreColumn, scoreAt } from './columns.ts'
export { giveBack } from './give-back.ts'
export { type ArmTotals, type Logged, readLatencies, readScores } from './logged.ts'
export { keepRanking, RANKED_AT_ONCE, readRanking } from './ranking.ts'
export { octets } from './shared-memory.ts'
export { differenceAt, rankOf, type ScorePair, worstFirst, worstFrom } from './worst.ts'
