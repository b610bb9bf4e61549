/** What weights name of people: who signed them, as their certificate says, and who had to. It is what they were accepted by. */
import { mentions, type Sought } from '../../core/data-subject.ts'
import type { Database } from '../../store/database.ts'
import type { PersonalPlace } from '../../store/personal-data.ts'
import type { Weights } from './contract.ts'
import { listWeightsRows } from './store.ts'

const WHY =
  'Whose signature the files of a model carry is what they were accepted by. Forget these weights, or register them again with a signature by another name, and it goes.'

export const weightsPlace = (db: Database, organisation: string): PersonalPlace => ({
  name: 'weights of models',
  async *find(sought: Sought) {
    for (const weights of await listWeightsRows(db, organisation)) {
      const content = saidOf(weights)
      if (weights.registeredAt < sought.before && mentions(sought, content))
        yield { fate: 'keep', why: WHY, application: null, content }
    }
  },
})

const saidOf = ({ id, model, path, revision, signature, problems, expected, trustedIdentity }: Weights) => ({
  ...{ id, model, path, revision, signature, problems, expected },
  trustedIdentity: trustedIdentity && { issuer: trustedIdentity.issuer, subject: trustedIdentity.subject },
})
