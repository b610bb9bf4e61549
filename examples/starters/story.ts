/**
 * A starter template goes from the folder that `airworthy init` wrote to a promoted proof of concept: the owner fills in
 * what only an owner knows, a builder freezes it, the machine answers what it can, and the gate opens or says why not.
 */
import { ask, type Client, type ClientOptions, type GateDecision } from '../../sdk/index.ts'

export type Starter = {
  /** Makes the application and names people for duties. */
  readonly owner: Client
  /** Freezes, runs and promotes. */
  readonly builder: Client
  readonly users: ClientOptions
  readonly name: string
  /** As `airworthy init` wrote them. */
  readonly files: Readonly<Record<string, string>>
  tell(line: string): void
}

export type Walked = {
  readonly release: string
  readonly answer: { readonly question: string; readonly expected: string; readonly text: string }
  readonly refusal: { readonly question: string; readonly text: string }
}

const OWNER = 'Grace Owner'
const BUILDER = 'Ada Builder'

/** What the templates leave empty, because only an owner knows it. */
const KNOWN_TO_THE_OWNER: Readonly<Record<string, string>> = {
  owner: OWNER,
  sponsor: OWNER,
  approvedBy: BUILDER,
  region: 'the machine it runs on',
  retention: 'as long as the application',
  refresh: 'each month',
  role: 'deployer',
  sectorRules: '[]',
  domainExperts: 'two colleagues, an hour a week',
  dataPrivacy: 'no personal data',
  deployment: 'one machine, a few hundred questions a day',
  source: 'the log of last month',
  baseline: '12',
  target: '6',
  likelihood: '2',
  severity: '3',
  requestsPerDay: '200',
}

const TRAINING = `person,module,score,completedAt\n${BUILDER},From sandbox to production,0.95,2026-01-10\n`

export async function walkStarter(starter: Starter): Promise<Walked> {
  const { owner, builder, name, tell } = starter
  await owner.createApplication({ body: { name, files: filledIn(starter.files) } })
  const { body: release } = await builder.freezeRelease({ params: { name }, body: {} })
  const before = await gateOf(builder, release.id)
  tell(`${name} r${release.number}: held by ${holding(before).length} of ${before.findings.length}.`)

  await run(builder, release.id)
  await builder.importEvidence({ body: { tool: 'training-records', release: release.id, content: TRAINING } })
  const left = holding(await gateOf(builder, release.id))
  if (left.length > 0) throw new Error(left.map(({ check, why }) => `${check}: ${why.join(' ')}`).join('\n'))
  const promoted = await builder.promoteRelease({ params: { id: release.id }, body: { into: 'poc' } })
  if (promoted.status !== 201) throw new Error(`${name} was not promoted.`)
  tell(`${name}: promoted, live in poc.`)

  const cases = (starter.files['datasets/questions.jsonl'] ?? '')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { input: string; expected?: string; split: string }]))
    .filter(({ split }) => split === 'build')
  const say = async (question: string) =>
    (await ask(starter.users, { model: `${name}@poc`, messages: [{ role: 'user', content: question }] })).text
  const known = cases.find(({ expected }) => expected !== undefined)
  const unknown = cases.find(({ expected }) => expected === undefined)
  return {
    release: release.id,
    answer: {
      question: known?.input ?? '',
      expected: known?.expected ?? '',
      text: await say(known?.input ?? ''),
    },
    refusal: { question: unknown?.input ?? '', text: await say(unknown?.input ?? '') },
  }
}

/** An empty line gets the owner's word for it; everything else stays as the template has it. */
export const filledIn = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      !path.endsWith('.yaml')
        ? text
        : text
            .replace('duties: {}', `duties: ${JSON.stringify(DUTIES)}`)
            .replace('builders: []', `builders: [${BUILDER}]`)
            .replace(/^( *(?:- )?)(\w+):$/gm, (line, indent: string, key: string) =>
              KNOWN_TO_THE_OWNER[key] === undefined ? line : `${indent}${key}: ${KNOWN_TO_THE_OWNER[key]}`,
            ),
    ]),
  )

const DUTIES = { 'business-owner': OWNER, risk: 'Mary Risk', 'technical-lead': BUILDER, operations: BUILDER }

const gateOf = (client: Client, id: string) => client.getGate({ params: { id, stage: 'poc' } })

const holding = ({ findings }: GateDecision) =>
  findings.filter(({ verdict }) => !['PASS', 'WAIVED', 'NOT_APPLICABLE'].includes(verdict))

async function run(client: Client, id: string): Promise<void> {
  const started = await client.runGate({ params: { id, stage: 'poc' }, body: {} })
  if (started.status !== 202) return
  for (;;) {
    const { state, error } = await client.getJob({ params: { id: started.body.job } })
    if (state === 'failed') throw new Error(`The run failed: ${error}`)
    if (state === 'succeeded') return
    await new Promise((passed) => setTimeout(passed, 50))
  }
}
