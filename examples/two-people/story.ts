/**
 * Two people take an application from a folder of files to production, through the API like any client. What a machine
 * can answer it is asked; what a person may state they state under their duty; the rest is waived by the one and granted
 * by the other, and told at the end. Nobody signs for what they made.
 */
import {
  AirworthyError,
  ask,
  type Client,
  type ClientOptions,
  type Duty,
  type GateDecision,
  type GatedStage,
} from '../../sdk/index.ts'

export type TwoPeople = {
  /** Makes the application and names people for duties; does nothing else. */
  readonly owner: Client
  /** Builds it; holds risk, security, operations and data steward. */
  readonly ada: Client
  /** Answers for it; holds business owner, technical lead, privacy and training. */
  readonly grace: Client
  /** For the users of the pilot. */
  readonly users: ClientOptions
  readonly name: string
  /** Files of the blueprint, with these people in `duties`. */
  readonly files: Readonly<Record<string, string>>
  readonly training: string
  /** Moves the server's clock; only who started the server can. */
  advance(days: number): void
  tell(line: string): void
}

export type Told = {
  readonly release: string
  /** Every check of the gate into production, and how it was answered. */
  readonly answers: readonly { readonly check: string; readonly how: string }[]
}

const PILOT_DAYS = 15
const USERS_A_DAY = 36
const STATED: Readonly<Record<string, Duty>> = {
  'gov.classification': 'risk',
  'docs.card': 'technical-lead',
  'priv.dpia': 'privacy',
  'biz.uatplan': 'business-owner',
  'pilot.kpi': 'business-owner',
  'pilot.feedback': 'business-owner',
  'comms.change': 'business-owner',
  'data.lineage': 'data-steward',
  'legal.techdoc': 'risk',
}
const ADAS: readonly Duty[] = ['risk', 'security', 'operations', 'data-steward']

export async function walkToProduction(people: TwoPeople): Promise<Told> {
  const { owner, ada, name, files, tell } = people
  await owner.createApplication({ body: { name, files } })
  const { body: release } = await ada.freezeRelease({ params: { name }, body: {} })
  tell(`Ada freezes ${name} r${release.number}.`)

  await answer(people, release.id, 'poc')
  await promote(people, release.id, 'poc')

  await answer(people, release.id, 'pilot')
  await sign(people, release.id, 'pilot')
  await promote(people, release.id, 'pilot')

  for (let day = 0; day < PILOT_DAYS; day += 1) {
    await play(people, day)
    people.advance(1)
  }
  tell(`${PILOT_DAYS} days of pilot with ${USERS_A_DAY} users a day.`)

  await answer(people, release.id, 'production')
  await sign(people, release.id, 'production')
  const last = await ada.getGate({ params: { id: release.id, stage: 'production' } })
  await promote(people, release.id, 'production')
  const answers = last.findings.map(({ check, verdict, trust }) => ({ check, how: trustOrWaived(verdict, trust) }))
  for (const how of ['measured', 'imported', 'attested', 'waived', 'does not apply'])
    tell(
      `${how}: ${
        answers
          .filter((one) => one.how === how)
          .map(({ check }) => check)
          .join(', ') || 'none'
      }`,
    )
  return { release: release.id, answers }
}

const trustOrWaived = (verdict: string, trust: string | null): string =>
  verdict === 'WAIVED' ? 'waived' : verdict === 'NOT_APPLICABLE' ? 'does not apply' : (trust ?? verdict)

/** The machine first, then people, then waivers for what nothing answers yet. */
async function answer(people: TwoPeople, id: string, stage: GatedStage): Promise<void> {
  const { ada, grace, training, tell } = people
  await run(people, id, stage)
  for (const { check } of await holding(ada, id, stage)) {
    const duty = STATED[check]
    if (check === 'train.builders')
      await ada.importEvidence({ body: { tool: 'training-records', release: id, content: training } })
    if (!duty) continue
    const reason = `Read and agreed before ${stage}.`
    await (ADAS.includes(duty) ? ada : grace).attestEvidence({ body: { release: id, check, duty, reason } })
  }
  const left = (await holding(ada, id, stage)).filter(({ check }) => !check.startsWith('appr.'))
  for (const { check, verdict } of left) {
    const body = {
      release: id,
      into: stage,
      check,
      days: 30,
      residualRisk: 'what the check would have shown',
      compensatingControl: 'a rollout in small steps, watched by both',
    }
    const waiver = await ada.requestWaiver({
      body: { ...body, reason: `It is ${verdict} and nothing answers it yet.` },
    })
    await grace.decideWaiver({ params: { id: waiver.id }, body: { decision: 'grant' } })
  }
  tell(
    `Into ${stage}: ${left.length === 0 ? 'nothing is waived' : `waived ${left.map(({ check }) => check).join(', ')}`}.`,
  )
}

/** Ada asks; Grace signs, before production with what speaks against it on record. What is forbidden is tried first. */
async function sign({ ada, grace, tell }: TwoPeople, id: string, stage: GatedStage): Promise<void> {
  const asked = await ada.askApproval({ body: { release: id, into: stage } })
  const reason = 'It does what the charter asks for, and the way back is known.'
  const signs = (by: Client) => by.signApproval({ params: { id: asked.id }, body: { decision: 'approve', reason } })
  tell(`Ada may not sign what she froze: ${await refusal(() => signs(ada))}.`)
  if (stage === 'production') {
    tell(`Nobody signs for production unopposed: ${await refusal(() => signs(grace))}.`)
    const view = 'Nobody has tried it with more users than the pilot had.'
    await ada.addDisconfirmingView({ params: { id: asked.id }, body: { pillar: 'operations', view } })
  }
  const { signatures } = await signs(grace)
  tell(`Grace signs for ${stage} as ${signatures.map(({ duties }) => duties.join(', ')).join('; ')}.`)
}

/** The code with which an act is refused; throws when it is not. */
async function refusal(act: () => Promise<unknown>): Promise<string> {
  try {
    await act()
  } catch (thrown) {
    if (thrown instanceof AirworthyError) return thrown.code
    throw thrown
  }
  throw new Error('What is forbidden was let through.')
}

async function promote({ ada, tell }: TwoPeople, id: string, into: GatedStage): Promise<void> {
  const outcome = await ada.promoteRelease({ params: { id }, body: { into } })
  if (outcome.status !== 201) throw new Error(`held before ${into}: ${heldBy(outcome.body as GateDecision)}`)
  tell(`Promoted into ${into}, live there now.`)
}

const heldBy = ({ findings, neverVisited }: GateDecision): string =>
  [...findings.filter(holds).map(({ check, verdict }) => `${check} ${verdict}`), ...neverVisited].join(', ')

const holds = ({ verdict, enforcement }: GateDecision['findings'][number]): boolean =>
  !['PASS', 'WAIVED', 'NOT_APPLICABLE'].includes(verdict) && enforcement.mode === 'enforce'

const holding = async (client: Client, id: string, stage: GatedStage) =>
  (await client.getGate({ params: { id, stage } })).findings.filter(holds)

async function run({ ada: client, tell }: TwoPeople, id: string, stage: GatedStage): Promise<void> {
  const started = await client.runGate({ params: { id, stage }, body: {} })
  if (started.status !== 202) return
  for (;;) {
    const { state, error, progress } = await client.getJob({ params: { id: started.body.job } })
    if (state === 'failed') throw new Error(`The run before ${stage} failed: ${error}`)
    if (state === 'succeeded') return tell(`The machine, before ${stage}: ${progress.message}.`)
    await new Promise((passed) => setTimeout(passed, 50))
  }
}

const play = ({ users, name }: TwoPeople, day: number) =>
  Promise.all(
    Array.from({ length: USERS_A_DAY }, (_, i) =>
      ask(users, {
        model: `${name}@pilot`,
        messages: [{ role: 'user', content: `parcel ${day * USERS_A_DAY + i}` }],
        subject: `user-${i}`,
      }),
    ),
  )
