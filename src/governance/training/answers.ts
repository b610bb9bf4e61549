/** What training says to the checks that ask for it. Pure. */
import type { ActorId } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import type { Part } from '../../core/manifest.ts'
import { type Learned, type LearnerState, stateOf } from './completion.ts'
import { learnersOf, type NamedLearner, namesIn } from './learner.ts'
import type { TrainingPolicy } from './policy.ts'
import { counts, personKey } from './record.ts'

type Documents = Application['documents']
type About = { readonly application: string; readonly by: ActorId }
type Said = Omit<EvidenceDraft, 'release'>
type Given = {
  readonly documents: Documents
  readonly policy: TrainingPolicy
  readonly learned: Learned
  readonly named: readonly NamedLearner[]
}

/** `train.builders`; nothing where no builder is named. */
export function builderDraft(about: About, given: Given): Said[] {
  const builders = statesOf(given, 'builders')
  if (builders.length === 0) return []
  const untrained = builders.filter(({ finished }) => !finished).map(({ person }) => person)
  return [
    {
      ...common(about, given, builders),
      check: 'train.builders',
      summary:
        untrained.length === 0
          ? `All ${builders.length} builders passed what their path asks for within a year.`
          : `${untrained.length} of ${builders.length} builders have not passed what their path asks for: ${untrained.join(', ')}.`,
      facts: { builders: { value: builders.length }, untrained: { value: untrained.length, n: builders.length } },
      inputs: partsOf(given.documents, ['builders']),
    },
  ]
}

/** `train.users`; nothing where no user is named, as nobody can tell who is missing then. */
export function userDraft(about: About, given: Given): Said[] {
  const users = statesOf(given, 'consumers')
  const leaders = statesOf(given, 'leaders')
  if (users.length === 0) return []
  const trained = users.filter(({ finished }) => finished).length
  const untrained = leaders.filter(({ finished }) => !finished).map(({ person }) => person)
  return [
    {
      ...common(about, given, [...users, ...leaders]),
      check: 'train.users',
      summary: `${trained} of ${users.length} users passed a module${untrained.length === 0 ? `, and so did all ${leaders.length} who oversee or approve.` : `; of those who oversee or approve not: ${untrained.join(', ')}.`}`,
      facts: {
        trainedUsersShare: { value: trained / users.length, n: users.length },
        untrainedOverseers: { value: untrained.length, n: leaders.length },
      },
      inputs: partsOf(given.documents, ['duties', 'oversight']),
    },
  ]
}

const statesOf = ({ documents, policy, learned, named }: Given, group: LearnerState['group']): LearnerState[] =>
  learnersOf(namesIn(documents, named))
    .filter((one) => one.group === group)
    .map((one) => stateOf(one, policy, learned))

/** Measured where every record that counts was asked here; else somebody else's word is in it. */
function common(about: About, { learned }: Given, people: readonly LearnerState[]) {
  const names = new Set(people.map(({ person }) => personKey(person)))
  const counted = learned.records.filter((one) => names.has(personKey(one.person)) && counts(one, learned.now))
  const isOurs = counted.length > 0 && counted.every(({ source }) => source === 'quiz')
  return {
    ...about,
    producer: { name: 'governance/training', version: '2' },
    trust: isOurs ? ('measured' as const) : ('imported' as const),
    example: counted.some(({ example }) => example),
  }
}

const partsOf = (documents: Documents, names: readonly string[]): Part[] =>
  names.flatMap((name) => {
    const document = documents[name]
    return document ? [{ kind: 'document' as const, name, digest: document.digest }] : []
  })
