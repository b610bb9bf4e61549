/** The commands about keys, people and switches, each a process of its own against a running house. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand, type Ended } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
const home = mkdtempSync(join(tmpdir(), 'airworthy-cli-access-'))
afterAll(async () => {
  await airworthy.close()
  rmSync(home, { recursive: true, force: true })
})
const SLOW = 120_000

beforeAll(async () => {
  await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  await client.freezeRelease({ params: { name: 'parcels' }, body: {} })
})

/** In the folder `home`, as the owner; quotes keep words together. */
const run = (line: string, { environment = {} as Record<string, string> } = {}): Promise<Ended> =>
  airworthyCommand(
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
    {
      AIRWORTHY_URL: airworthy.url,
      AIRWORTHY_TOKEN: airworthy.ownerToken,
      AIRWORTHY_DATA: airworthy.data,
      ...environment,
    },
    home,
  )

test(
  'a key is narrowed, ends, and gets a new text',
  async () => {
    const made = await run('keys create shop --permissions infer --expires 90d')
    const [, old = '', id = ''] = /^(awk_\w+)\n.*(key_\w+)\.\n$/.exec(made.out) ?? []
    const rotated = await run(`keys rotate ${id} --overlap 0m`)
    expect(rotated.out).toMatch(/^awk_\w+\n.*\nThe old text has ended\.\n$/)
    expect(await run('models', { environment: { AIRWORTHY_TOKEN: old } })).toMatchObject({ code: 1 })
    expect((await run(`keys rotate ${id}`)).out).toMatch(/\nThe old text works until 20\d\d-\S+Z\.\n$/)
    expect((await run('keys list')).out).toMatch(
      new RegExp(`${id} +shop +builder \\(infer\\) +- +never +until 20\\S+; old text until 20\\S+, unused`),
    )
    expect(await run('keys create x --expires soon')).toMatchObject({ code: 2 })
  },
  SLOW,
)

test(
  'a guardrail on models is added, changed, shown and taken away',
  async () => {
    expect((await run('guardrails')).out).toMatch(/^Nothing looks at models that are asked directly\./)
    expect(await run('guardrails add words --on input --detector terms')).toMatchObject({
      code: 1,
      err: expect.stringContaining('guardrails.0.guard.terms'),
    })
    const added = await run('guardrails add keys --on input --detector secrets --mode block --of openai/* fast')
    expect(added.out).toBe(
      'keys blocks passwords and keys in questions, on openai/*, fast. It holds from the next request on.\n',
    )
    expect((await run('guardrails')).out).toMatch(/keys +blocks passwords and keys in questions +openai\/\*, fast\n$/)
    expect((await run('guardrails remove keys')).out).toBe('keys is gone. None is left.\n')
    expect((await run('guardrails remove keys')).code).toBe(2)
  },
  SLOW,
)

test(
  'something is switched off and on, with a reason',
  async () => {
    expect(await run('switch list')).toMatchObject({ code: 0, out: 'Nothing is switched off.\n' })
    expect((await run('switch off application parcels')).code).toBe(2)
    expect((await run('switch off application parcels --reason "It promises refunds."')).out).toMatch(
      /^The application parcels is off; its next request is refused\./,
    )
    expect(await run('run parcels "parcel 7"')).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^The application parcels was switched off by owner at .* \(gateway\.switched-off\)\n$/,
      ),
    })
    expect((await run('switch list')).out).toMatch(/application +parcels +20\S+Z +owner +It promises refunds\.\n$/)
    expect((await run('switch on application parcels --reason mended')).out).toMatch(/^The application parcels is on;/)
    expect(await run('switch off application parcel --reason "a slip"')).toMatchObject({ code: 1 })
  },
  SLOW,
)

test(
  'people are added, invited and changed, and the log of it is exported',
  async () => {
    const added = await run('people add "Hedy Builder" --role builder --sign-in-name hedy@example.org')
    const [, id = ''] = /^Added Hedy Builder, builder: (act_\w+)\.\nhttp\S+\/invitation#awi_\w+\n/.exec(added.out) ?? []
    expect(await run(`people change ${id} --role viewer --disable`)).toMatchObject({
      code: 0,
      out: 'Hedy Builder is viewer and may not act any more.\n',
    })
    expect((await run('people list')).out).toMatch(new RegExp(`${id} +Hedy Builder +person +viewer +hedy@example.org`))
    expect((await run('sessions list --everybody')).code).toBe(0)
    expect((await run('second-factor status')).out).toMatch(/^None is in force\./)
    expect((await run(`audit export log.jsonl --subject ${id}`)).out).toBe(
      'Written to log.jsonl, which only you can read.\n',
    )
    const lines = readFileSync(join(home, 'log.jsonl'), 'utf8').trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { action: string }).action)).toEqual([
      'access.create-actor',
      'access.invite',
      'access.change-actor',
    ])
    const whole = await run('audit export --action access.')
    expect(whole.out.trim().split('\n').length).toBeGreaterThan(10)
  },
  SLOW,
)
