/** Whether there is anything of a name that could be limited: a limit on nothing would look like safety. */
import { Failure } from '../../kernel/failure.ts'
import type { Directory } from '../directory.ts'
import type { Whose } from './limiter.ts'

/** Throws when there is no such key, release, model or organisation. Teams and applications may come later. */
export async function demandLimitable(
  { scope, name }: Whose,
  {
    organisation,
    directory,
    demandKnown,
  }: {
    organisation: string
    directory: Pick<Directory, 'key'>
    demandKnown: (kind: 'release' | 'model', name: string) => Promise<void>
  },
): Promise<void> {
  if (scope === 'release' || scope === 'model') await demandKnown(scope, name)
  if (scope === 'key' && !directory.key(name))
    throw new Failure('unknown', 'access.key-id-unknown', `There is no key ${name}. List them with GET /api/v1/keys.`)
  if (scope === 'organisation' && name !== organisation)
    throw new Failure(
      'unknown',
      'access.organisation-unknown',
      `There is no organisation ${name}; this one is ${organisation}.`,
    )
}
