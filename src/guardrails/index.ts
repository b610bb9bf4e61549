/** Guardrails: at first the detectors; the only file that others import. */
export { card, passesLuhn } from './detectors/card.ts'
export { type Detection, type Detector, redacted } from './detectors/detection.ts'
export { DETECTORS, PERSONAL_DATA_DETECTORS } from './detectors/detectors.ts'
export { email } from './detectors/email.ts'
export { phone } from './detectors/phone.ts'
export { secrets } from './detectors/secrets.ts'
