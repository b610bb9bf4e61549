/** Guardrails: detectors, and what acts on questions and answers with them; the only file that others import. */
export { type CompiledGuard, compiled, type Guards, guardsOf } from './compiled.ts'
export { type Detection, type Detector, redacted } from './detectors/detection.ts'
export { PERSONAL_DATA_DETECTORS } from './detectors/detectors.ts'
export { secrets } from './detectors/secrets.ts'
export { guardTexts } from './guard-texts.ts'
export { guardTurns } from './guard-turns.ts'
export { GUARD_WORDS, GuardedText } from './guarded-text.ts'
export { knownBad } from './known-bad.ts'
export {
  createModelGuardrails,
  guardrailsMigrations,
  type ModelGuardrailsInForce,
  type ModelGuards,
  modelGuardrailsHttp,
  modelGuardrailTables,
} from './on-models/index.ts'
export { takeOut, takesOut } from './take-out.ts'
