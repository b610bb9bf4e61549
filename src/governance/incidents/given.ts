/** What people say of an incident, and what cannot be. Pure. */
import { Failure } from '../../kernel/failure.ts'
import type { Instant } from '../../kernel/time.ts'
import type { GivenIncident } from './contract.ts'
import type { Incident } from './incident.ts'

export type Changed = { readonly [Field in keyof GivenIncident]?: GivenIncident[Field] | undefined }
export type Opened = Changed &
  Pick<GivenIncident, 'title' | 'description' | 'severity' | 'owner'> & { application: string; example: boolean }

/** What was sent of the fields, without what was not. */
const FIELDS = [
  ...([
    'title',
    'description',
    'severity',
    'harms',
    'affected',
    'affectedPeople',
    'cause',
    'owner',
    'release',
  ] as const),
  ...(['traces', 'occurredAt', 'detectedAt'] as const),
]
export const said = (given: Changed): Partial<GivenIncident> =>
  Object.fromEntries(FIELDS.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]))

export function demandPast({ occurredAt, detectedAt }: Incident, now: Instant): void {
  const wrong =
    detectedAt > now
      ? 'detectedAt lies ahead; deadlines run from when somebody first knew.'
      : occurredAt !== null && occurredAt > detectedAt
        ? 'occurredAt is after detectedAt; nobody knew before it happened.'
        : undefined
  if (wrong) throw new Failure('invalid', 'governance.incident-times', wrong)
}
