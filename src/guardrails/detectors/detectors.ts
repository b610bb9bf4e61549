/** All detectors, by name. */
import { card } from './card.ts'
import type { Detector } from './detection.ts'
import { email } from './email.ts'
import { phone } from './phone.ts'
import { secrets } from './secrets.ts'

export const DETECTORS: readonly Detector[] = [email, phone, card, secrets]

/** Detectors of personal data, as opposed to secrets. */
export const PERSONAL_DATA_DETECTORS: readonly Detector[] = [email, phone, card]
