/** Guardrails: at first the detectors; the only file that others import. */
export { type Detection, type Detector, redacted } from './detectors/detection.ts'
export { PERSONAL_DATA_DETECTORS } from './detectors/detectors.ts'
export { secrets } from './detectors/secrets.ts'
