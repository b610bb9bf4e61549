/** The commands as a newcomer types them, against a running house; the first one through the door. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ask } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand, type Ended } from '../testing/child.ts'
import { type EchoRelease, echoApplication, TRAINING } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
const grace = await airworthy.person('Grace Owner', 'approver')
const home = mkdtempSync(join(tmpdir(), 'airworthy-cli-'))
afterAll(async () => {
  await airworthy.close()
  rmSync(home, { recursive: true, force: true })
})
const SLOW = 120_000

/** In the folder `home`, as the owner; `in` goes to a folder below. */
const run = (words: string, { folder = '', environment = {} as Record<string, string> } = {}): Promise<Ended> =>
  airworthyCommand(
    wordsOf(words),
    {
      AIRWORTHY_URL: airworthy.url,
      AIRWORTHY_TOKEN: airworthy.ownerToken,
      AIRWORTHY_DATA: airworthy.data,
      ...environment,
    },
    join(home, folder),
  )

/** A key of the person who holds the duty risk. */
async function mary(): Promise<string> {
  const { id: actor } = await airworthy.client.createActor({ body: { name: 'Mary Risk', role: 'approver' } })
  return (await airworthy.client.createKey({ body: { name: 'Mary Risk', role: 'approver', actor } })).secret
}

/** As a shell takes a line apart: quotes keep words together. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

function write(folder: string, release: EchoRelease, change: Record<string, string> = {}): void {
  for (const [path, text] of Object.entries(echoApplication(release, change))) {
    mkdirSync(dirname(join(home, folder, path)), { recursive: true })
    writeFileSync(join(home, folder, path), text)
  }
}

test(
  'the first walk: init, check, freeze, run, gate',
  async () => {
    const init = await airworthyCommand(['init', 'support-assistant', 'my-shop'], {}, home, { throughDoor: true })
    expect(init).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Wrote 2\d files to my-shop\.\nNext: airworthy check my-shop\n$/),
    })
    expect(await run('init support-assistant my-shop')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is there already and not empty\. Choose another name\.\n$/),
    })
    expect(await run('check my-shop')).toEqual({
      code: 0,
      err: '',
      out: 'my-shop is well formed. Next: airworthy freeze my-shop\n',
    })
    const frozen = await run('freeze my-shop')
    expect(frozen.out).toMatch(/^Frozen: my-shop r1 [0-9a-f]{8}, live in the sandbox\.\nNext: airworthy run my-shop /)
    expect((await run('freeze', { folder: 'my-shop' })).out).toMatch(/^Nothing changed: my-shop r1 /)
    const answer = await run('run my-shop "How long do I have to return something?"')
    expect(answer.out).toMatch(
      /within 30 days of delivery.*\[1\]\n {2}\[1\] Returns.* · returns\.md\nlocal\/extractive · \$0 · trace [0-9a-f]{32}\n$/,
    )
    const gate = await run('gate poc', { folder: 'my-shop' })
    expect(gate.code).toBe(3)
    expect(gate.out).toMatch(/^my-shop r1 \w+, gate into poc: HELD by 12 of 12\n {2}◌ MISSING {8}biz\.charter/)
    expect(gate.out).toMatch(
      /\nNext: airworthy gate poc --application my-shop --run answers what a machine can answer\.\n$/,
    )
  },
  SLOW,
)

test(
  'check names every mistake with file and line',
  async () => {
    write('mistakes', 'first')
    appendFileSync(join(home, 'mistakes/datasets/parcels.jsonl'), '\n{"id": ')
    writeFileSync(join(home, 'mistakes/charter.yaml'), 'problem: [\nusers: people\n')
    const checked = await run('check mistakes')
    expect(checked.code).toBe(1)
    const lines = checked.out.trim().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines.join('\n')).toMatch(/^charter\.yaml:2 .*not YAML.*Check the indentation/m)
    expect(lines.join('\n')).toMatch(/^datasets\/parcels\.jsonl:49 .*not JSON.*Write one JSON object a line\.$/m)
    expect(lines.at(-1)).toBe('2 problems. Nothing was changed.')
    expect(await run('check nowhere')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^nowhere is no blueprint: .*airworthy init support-assistant nowhere/),
    })
  },
  SLOW,
)

test(
  'a folder with a file that is too large for one document is frozen too',
  async () => {
    const row = (id: number) => JSON.stringify({ id: `r${id}`, input: 'q', metadata: { padding: 'x'.repeat(100_000) } })
    const rows = Array.from({ length: 340 }, (_, id) => row(id)).join('\n')
    write('heavy', 'first', { 'datasets/heavy.jsonl': rows })
    expect(await run('check heavy')).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^A folder is checked in one piece, up to 31 MiB, .+ datasets\/heavy\.jsonl\. .*airworthy freeze/,
      ),
    })
    expect(await run('freeze heavy')).toMatchObject({ code: 0, out: expect.stringMatching(/^Frozen: heavy r1 /) })
    expect((await run('freeze heavy')).out).toMatch(/^Nothing changed: heavy r1 /)
    const { files } = await airworthy.client.getBlueprint({ params: { name: 'heavy' } })
    expect(files['datasets/heavy.jsonl']).toBe(rows)
    expect(Object.keys(files).sort()).toEqual(
      Object.keys(echoApplication('first', { 'datasets/heavy.jsonl': rows })).sort(),
    )
  },
  SLOW,
)

test(
  'the path: held, run, attested, imported, promoted, rolled out',
  async () => {
    const at = { folder: 'parcels' }
    write('parcels', 'first', { 'classification.yaml': 'role:\n' })
    await run('freeze', at)
    expect((await run('convert to-promptfoo parcels for-promptfoo')).out).toMatch(/^Wrote 2 files to for-promptfoo\./)
    const held = await run('promote poc', at)
    expect(held).toMatchObject({ code: 3, out: expect.stringMatching(/^Not promoted: the gate is held\.\nparcels r1/) })

    const plan = await run('gate poc --plan', at)
    expect(plan.out).toMatch(/^Would run governance\/owner: gov\.owner$/m)
    expect(plan.out).toMatch(/^Would run evals: eval\.smoke \(72 calls, \$0, under a minute\)$/m)
    const ran = await run('gate poc --run', at)
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(/HELD by 2 of 12/)
    expect(ran.out).toMatch(/✘ FAIL {11}gov\.classification/)
    expect(ran.err).toMatch(/\(13 of 13\)/)

    const short = await run('attest gov.classification --duty risk --reason short', at)
    expect(short).toMatchObject({
      code: 1,
      err: 'reason: say in at least 10 characters on what this rests. (wire.body-invalid)\n',
    })
    expect((await run('attest gov.classification --duty king --reason "long enough"', at)).code).toBe(2)
    const attest = 'attest gov.classification --duty risk --reason "Read it with Grace."'
    expect(await run(attest, at)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^The duty risk is held by Mary Risk in parcels\. You are \w+ \(act_/),
    })
    const attested = await run(attest, { ...at, environment: { AIRWORTHY_TOKEN: await mary() } })
    expect(attested).toMatchObject({ code: 0, out: expect.stringMatching(/^Recorded evi_\w+: /) })
    expect(await run('import training-records nowhere.csv', at)).toMatchObject({
      code: 2,
      err: 'There is no file nowhere.csv.\n',
    })
    writeFileSync(join(home, 'parcels/training.csv'), TRAINING)
    expect((await run('import training-records training.csv', at)).out).toMatch(/^Recorded evi_/)
    rmSync(join(home, 'parcels/training.csv'))

    const open = await run('gate poc --application parcels')
    expect(open).toMatchObject({
      code: 0,
      out: expect.stringMatching(/gate into poc: OPEN\n[\s\S]*\nNext: airworthy promote poc --application parcels\n$/),
    })
    const promoted = await run('promote poc --application parcels')
    expect(promoted).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Promoted: parcels r1 \w+ into poc, live there now\.\n$/),
    })
  },
  SLOW,
)

test(
  'a worse release is waived by a second person, promoted, and its rollout is watched to its end',
  async () => {
    const at = { folder: 'parcels' }
    write('parcels', 'worse')
    await run('freeze', at)
    expect((await run('gate poc --run', at)).out).toMatch(/eval\.smoke/)
    const asked = await run(
      'waiver request eval.smoke poc --reason "To see it with users." --risk "poor answers" --instead "one day alone" --days 1',
      at,
    )
    const waiver = /wav_\w+|wai_\w+/.exec(asked.out)?.[0] ?? ''
    expect(asked.out).toBe(`Asked for ${waiver}. Somebody else decides: airworthy waiver grant ${waiver}\n`)
    expect((await run(`waiver grant ${waiver}`)).code).toBe(1)
    await grace.decideWaiver({ params: { id: waiver }, body: { decision: 'grant' } })
    expect((await run('rollout list')).out).toMatch(/^There is no rollout\. One begins when/)
    const promoted = await run('promote poc', at)
    const rollout = /rol_\w+/.exec(promoted.out)?.[0] ?? ''
    expect(promoted.out).toMatch(
      new RegExp(`Rollout ${rollout} has begun\\. Next: airworthy rollout watch ${rollout}\n$`),
    )
    expect((await run('rollout list --application parcels')).out).toMatch(/running +40 %/)

    const watched = run(`rollout watch ${rollout}`)
    await users(400)
    expect(await watched).toMatchObject({
      code: 1,
      out: expect.stringMatching(new RegExp(`^${rollout}: parcels poc, rolled-back\\. feedback\\.unhelpful: `)),
    })
  },
  SLOW,
)

/** Users of the application that say whether they were told what they had asked. */
async function users(count: number): Promise<void> {
  for (let user = 0; user < count; user++) {
    const { applications } = await airworthy.client.getLive()
    if (!applications.parcels?.stages.poc?.rollout) return
    const question = `parcel ${user}`
    const asked = {
      model: 'parcels@poc',
      messages: [{ role: 'user' as const, content: question }],
      subject: `user-${user}`,
    }
    const { trace, text } = await ask(airworthy.options, asked)
    await airworthy.client.recordFeedback({
      body: { trace, name: 'helpful', value: text === question, user: `${user}` },
    })
  }
}

test(
  'eval and compare print scores with intervals and say what decides',
  async () => {
    const measured = await run('eval parcels --release r1')
    expect(measured.code).toBe(0)
    expect(measured.out).toMatch(/token-f1 \(n 36\) +1 \[.*better/)
    expect(measured.out).toMatch(/token-f1 decides: better\.\nNext: airworthy gate poc --application parcels\n$/)
    expect((await run('eval parcels --dry-run')).out).toMatch(
      /^parcels: 72 calls, \$0, under a minute; sees differences from /,
    )
    const worse = await run('compare parcels r2 r1')
    expect(worse).toMatchObject({ code: 1, out: expect.stringMatching(/token-f1 decides: worse\./) })
    expect(await run('compare parcels r9 r1')).toMatchObject({
      code: 1,
      err: 'parcels has no release r9. It has r2, r1. (cli.release-unknown)\n',
    })
    const [, experiment = ''] = /, (exp_\w+)/.exec(worse.out) ?? []
    const corpus = await run(`corpus ${experiment}:candidate ${experiment}:control --reference ${experiment}:control`)
    expect([corpus.code, corpus.out]).toEqual([1, expect.stringMatching(/control, 36 pairs\n.*rouge-1 .* worse /s)])
    expect(await run(`corpus ${experiment}:candidate ${experiment}:control --margin 2`)).toMatchObject({ code: 2 })
  },
  SLOW,
)

test(
  'keys are made, listed and revoked',
  async () => {
    const made = await run('keys create ci --role viewer')
    const [, secret = '', id = ''] =
      /^(awk_\w+)\nThis is the only time that it is shown\. Its id is (key_\w+)\.\n$/.exec(made.out) ?? []
    const list = await run('keys list', { environment: { AIRWORTHY_TOKEN: secret } })
    expect(list.code).toBe(1)
    expect((await run('keys list')).out).toMatch(new RegExp(`${id} +ci +viewer`))
    expect((await run(`keys revoke ${id}`)).out).toBe('ci is revoked; its next request is refused.\n')
    expect(await run('models', { environment: { AIRWORTHY_TOKEN: secret } })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^This key is unknown or revoked\./),
    })
    expect((await run('keys create ci --role king')).code).toBe(2)
  },
  SLOW,
)

test.for([
  [
    'doctor',
    0,
    /^✔ server answers: http[^\n]*\n✔ ready: database, spool\n✔ key accepted: owner, owner\n✔ secrets are private[\s\S]*✔ requests are recorded: \d+ taken in\n$/,
  ],
  [
    'audit',
    0,
    /^The chain is intact: \d+ entries, head sha256:[0-9a-f]{64}\. The anchor outside the database agrees, with \d+ entries at \S+Z\.\n$/,
  ],
  ['open', 0, /^http:\/\/127\.0\.0\.1:\d+\/sign-in\?token=awl_\w+\n$/],
  ['models', 0, /^model +works +about\nlocal\/extractive +yes +Extractive reader\n/],
  ['prompts parcels', 0, /^prompt +versions +latest +live\nanswer +2 +v2 of \S+ +sandbox v2, poc v1/],
  ['datasets create shelf', 0, /^shelf is there\. Next: airworthy datasets import shelf rows\.jsonl\n$/],
  ['datasets list', 0, /^name +application +version +description\nshelf +- +0$/m],
  ['datasets parcels', 0, /^dataset +rows +digest\nparcels +48 +[0-9a-f]{8}\n$/],
  ['example status', 0, /^off: The example was not played here\. `airworthy example reset` plays it\.\n$/],
  ['--help', 0, /A first walk:[\s\S]*Exit codes: 0 open or passed/],
  ['gate --help', 0, /--application <name> +that of this folder when left out/],
] as const)('%s', { timeout: SLOW }, async ([words, code, out]) => {
  const ended = await run(words)
  expect(ended.err).toBe('')
  expect(ended.code).toBe(code)
  expect(ended.out).toMatch(out)
})

test.for([
  ['an unknown command', 'fly', {}, 2, /^error: unknown command 'fly'\n/],
  [
    'an unknown template',
    'init nope x',
    {},
    2,
    /^There is no template nope\. The templates are bring-your-own, marketing-writer, operations-automator, product-ideas, support-assistant\.\n$/,
  ],
  [
    'a stage that is none',
    'gate moon',
    {},
    2,
    /'moon' is invalid for argument 'stage'\. Allowed choices are poc, pilot, production\./,
  ],
  [
    'no application',
    'gate poc',
    {},
    2,
    /^Which application\? Add --application <name>, or run this in the folder of its airworthy\.yaml\.\n$/,
  ],
  [
    'an application that is not there',
    'gate poc --application nobody',
    {},
    1,
    /^There is no application nobody\..*\n$/,
  ],
  [
    'no server',
    'models',
    { AIRWORTHY_URL: 'http://127.0.0.1:9' },
    4,
    /^No server answers: .*Start it with `npx airworthy up`, or set AIRWORTHY_URL\. \(cli\.no-server\)\n$/,
  ],
  [
    'no key',
    'models',
    { AIRWORTHY_TOKEN: '', AIRWORTHY_DATA: '/nowhere' },
    4,
    /^There is no key: neither AIRWORTHY_TOKEN nor \/nowhere\/owner-token\..*\n$/,
  ],
] as const)('%s is one line with the next step', { timeout: SLOW }, async ([, words, environment, code, err]) => {
  const ended = await run(words, { environment })
  expect(ended.err).toMatch(err)
  expect(ended.code).toBe(code)
  expect(ended.out).toBe('')
})

test(
  'doctor without a server says so once',
  async () => {
    const ended = await run('doctor', { environment: { AIRWORTHY_URL: 'http://127.0.0.1:9' } })
    expect(ended).toMatchObject({
      code: 4,
      out: expect.stringMatching(/^✘ server answers: No server answers: [^\n]*\n$/),
    })
  },
  SLOW,
)

test(
  '--json gives the result, or the problem, as JSON on standard output',
  async () => {
    const gate = await run('--json gate poc --application my-shop')
    expect(gate.code).toBe(3)
    expect(JSON.parse(gate.out)).toMatchObject({ decision: 'held', into: 'poc', findings: expect.any(Array) })
    const problem = await run('--json gate poc --application nobody')
    expect(problem).toMatchObject({ code: 1, err: '' })
    expect(JSON.parse(problem.out)).toMatchObject({ code: 'delivery.application-unknown' })
  },
  SLOW,
)

test('a prompt is tuned with a proposing model, a model is measured in its ways of being asked, and a round keeps both', {
  timeout: SLOW,
}, async () => {
  const rows = Array.from({ length: 9 }, (_, at) => ({ id: `r${at}`, input: `Where is ${at}?`, split: 'build' }))
  const files = {
    'airworthy.yaml': 'models: {m: {model: scripted/echo}}\n',
    'prompts/answer.prompt': '{{question}}',
    'datasets/d.jsonl': rows.map((row) => JSON.stringify({ ...row, expected: 'Here.' })).join('\n'),
    'evals/s.yaml': 'dataset: d\nsplits: [build]\nevaluators: [contains]\n',
  }
  await airworthy.client.createApplication({ body: { name: 'desk', files } })
  await airworthy.client.freezeRelease({ params: { name: 'desk' }, body: {} })
  const tuned = await run('prompts tune desk --suite s --budget 80 --proposer scripted/echo --proposals 1')
  expect(tuned.out).toMatch(
    /scripted\/echo was shown \d answers of the build split\. The proposing model did not answer/,
  )
  expect((await run('models time desk scripted/echo --suite s --modes stream')).out).toMatch(/stream +9 +0 /)
  expect((await run('models rounds open desk "Who answers"')).out).toBe('Round 1 is open.\n')
  const { items } = await airworthy.client.listTunings({ params: { name: 'desk' } })
  expect((await run(`models rounds keep desk --tuning ${items[0]?.id}`)).out).toMatch(/^Kept as step 1 of round 1/)
  expect((await run('models rounds desk')).out).toMatch(/1 +Who answers +- +tuning +open/)
})
