/** What an application asks of its models, read from its profile. What is not said is taken at its strictest. */
import { Profile } from '../../core/blueprint/schema.ts'
import type { Stage } from '../../core/stage.ts'
import type { Wanted } from './approval.ts'
import type { UseContext } from './rule.ts'

export function wantedBy(profile: unknown, stage: Stage): Wanted & Pick<UseContext, 'residency'> {
  const { personalData, commercial, residency } = Profile.catch(Profile.parse({})).parse(profile ?? {})
  return {
    stage,
    use: commercial === false ? 'non-commercial' : 'commercial',
    dataClass: personalData,
    residency: residency ?? [],
  }
}
