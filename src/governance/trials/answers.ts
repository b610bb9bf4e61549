/** What the pilot and its trials say to `biz.uatplan` and `pilot.feedback`. Pure. */
import type { ActorId } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import { Pilot, readPilot } from '../documents/pilot.ts'
import { negativeUpper } from './report.ts'
import { isNegative, type TrialAnswer } from './trial.ts'

type About = { readonly application: string; readonly by: ActorId }
type Said = Omit<EvidenceDraft, 'release'>
type Documents = Application['documents']

/** Whoever asks ten people, or a fifth of those who use it, has asked enough. */
const ENOUGH_PEOPLE = 10
const ENOUGH_SHARE = 0.2

/** Nothing where there is no plan; `writtenOn` is the day on which it became what it is. */
export function planDraft(about: About, documents: Documents, writtenOn: string): Said[] {
  const document = documents.pilot
  const parsed = Pilot.safeParse(document?.value)
  if (!document || !parsed.success) return []
  return [
    {
      ...about,
      check: 'biz.uatplan',
      ...readPilot(parsed.data, writtenOn),
      inputs: [{ kind: 'document', name: 'pilot', digest: document.digest }],
      producer: { name: 'governance/pilot', version: '1' },
      trust: 'attested',
      duty: 'business-owner',
      example: parsed.data.example,
    },
  ]
}

type Given = {
  readonly documents: Documents
  readonly answers: readonly TrialAnswer[]
  readonly openGrave: number
  /** People who use it, as far as they are named; 0 when nobody is. */
  readonly users: number
  readonly example: boolean
}

/** Nothing as long as nobody answered. */
export function feedbackDraft(about: About, { documents, answers, openGrave, users, example }: Given): Said[] {
  const negative = answers.filter(isNegative).length
  const upper = negativeUpper(negative, answers.length)
  if (upper === null) return []
  const document = documents.pilot
  const target = Pilot.safeParse(document?.value).data?.negativeRateAtMost ?? null
  const needed = users > 0 ? Math.min(ENOUGH_PEOPLE, Math.ceil(users * ENOUGH_SHARE)) : ENOUGH_PEOPLE
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  return [
    {
      ...about,
      check: 'pilot.feedback',
      summary: [
        `${answers.length} of ${needed} people needed answered; ${negative} rated it 2 of 5 or less, at most ${percent(upper.high)} of all users are likely to.`,
        target === null
          ? 'pilot.yaml agrees no negativeRateAtMost to hold it against.'
          : `At most ${percent(target)} were agreed.`,
        `${openGrave} grave incidents are open or without a fix.`,
      ].join(' '),
      facts: {
        openSevereIncidents: { value: openGrave },
        negativeOfTarget: { value: target === null ? null : upper.high / target, n: answers.length },
        askedUsersShare: { value: answers.length / needed, n: needed },
      },
      inputs: document ? [{ kind: 'document', name: 'pilot', digest: document.digest }] : [],
      producer: { name: 'governance/trials', version: '1' },
      trust: 'measured',
      example,
    },
  ]
}
