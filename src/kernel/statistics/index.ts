/** The statistics kit: pure functions, no clock, no chance of their own, every formula with its source. */
export { asymptoticHalfWidth, asymptoticRho, type SequenceLevel } from './asymptotic-sequence.ts'
export { type BetaPoint, betaCdf, betaQuantile, betaUpperTail } from './beta.ts'
export { type BootstrapInterval, type BootstrapPlan, bootstrap, pairedBootstrap } from './bootstrap.ts'
export { type BoundedSequence, boundedSequence } from './bounded-sequence.ts'
export { type Ability, bradleyTerry, type Wins } from './bradley-terry.ts'
export { calibrationInterval } from './calibration-interval.ts'
export {
  brierScore,
  CALIBRATION_BINS,
  type CalibrationBin,
  type Classification,
  calibrationBin,
  calibrationError,
  calibrationOf,
  classification,
  type LabelFigures,
  type LabelScore,
  labelFigures,
} from './classification.ts'
export { type ClusterCodes, type ClusterKey, type ClusterKeys, clusterCodes } from './cluster-codes.ts'
export { type PeriodChange, type PeriodUnit, periodChange } from './cluster-permutation.ts'
export { type ClusteredMean, clusteredMean, clusteredPairedDifference } from './clustered.ts'
export { clusteredAmount } from './clustered-amount.ts'
export { type ClusteredRate, clusteredRate } from './clustered-rate.ts'
export { agreementTable, cohenKappa, type KappaWeights } from './cohen-kappa.ts'
export { type ArmEvent, countEvent, type EventStep, eventEProcess, logEventEvidence } from './event-e-process.ts'
export { EVENT_PRIOR, type PriorPoint } from './event-prior.ts'
export { fleissKappa } from './fleiss-kappa.ts'
export { gatePassProbability } from './gate-pass.ts'
export type { Interval } from './interval.ts'
export { type JackknifeInterval, jackknifeDifference, jackknifeShare } from './jackknife.ts'
export {
  type CorrectedRate,
  correctedDifferenceInterval,
  correctedRateInterval,
  type JudgeCalibration,
  predictionPoweredMean,
  roganGladen,
  roganGladenDifference,
} from './judge-correction.ts'
export { krippendorffAlpha, krippendorffInterval, type RatingLevel, type UnitRatings } from './krippendorff.ts'
export { logBeta, logGamma } from './log-gamma.ts'
export { mcnemar } from './mcnemar.ts'
export { msprt } from './msprt.ts'
export { benjaminiHochberg, holm } from './multiplicity.ts'
export { newcombe, newcombePaired } from './newcombe.ts'
export { normalCdf, normalQuantile, normalUpperTail } from './normal.ts'
export { type CeilingBet, oneArmCeiling, unitsWithoutEventNeeded } from './one-arm-ceiling.ts'
export { orderQuantile, type QuantileInterval } from './order-quantile.ts'
export { alikePairs, pairedDifferences, pairedT } from './paired.ts'
export { passAtK, passHatK, type Tries } from './pass-k.ts'
export type { PowerPlan, SampleSize } from './power-plan.ts'
export {
  clopperPearson,
  clopperPearsonLower,
  clopperPearsonUpper,
  type Proportion,
  wilson,
  wilsonLower,
  wilsonUpper,
  zeroFailuresUpper,
} from './proportions.ts'
export { quantileRadius, quantileRadiusOneLook } from './quantile-radius.ts'
export { spearman } from './rank-correlation.ts'
export {
  averagePrecision,
  meanOverQueries,
  ndcg,
  precisionAtK,
  type Ranking,
  recallAtK,
  reciprocalRank,
} from './retrieval.ts'
export { riskRatioSequence } from './risk-ratio-sequence.ts'
export { logRatioEvidence, type RatioEvidence, type RatioStep, sampleRatio } from './sample-ratio.ts'
export { type MeanComparison, meanDetectable, meanSampleSize, repeatedAnswersSampleSize } from './samplesize-means.ts'
export {
  nonInferiorityMargin,
  nonInferioritySampleSize,
  pairedProportionsDetectable,
  pairedProportionsSampleSize,
  unpairedProportionsDetectable,
  unpairedProportionsSampleSize,
} from './samplesize-proportions.ts'
export { shareDifference } from './share-difference.ts'
export {
  type ArmSample,
  type ArmStep,
  eventSample,
  type StratifiedSequence,
  stratifiedSequence,
} from './stratified-sequence.ts'
export { studentCdf, studentQuantile, studentTwoSidedTail } from './student.ts'
export { mean, quantile, sortedQuantile, standardDeviation, variance } from './summary.ts'
export { tTestPower } from './t-power.ts'
export { AT_ONCE, longValues, type Values } from './values.ts'
