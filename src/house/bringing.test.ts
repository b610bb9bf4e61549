/** What exists already is brought along: asked for by `init`, imported, frozen, measured, and held by what is missing. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { bringAlong } from '../../examples/index.ts'
import { ROOT, testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'
import { madeSpreadsheet } from '../testing/made-spreadsheet.ts'

const PROJECT = join(ROOT, 'examples/bring-your-own/project')

/** The program that the shop wrote, long before it heard of gates. */
const shop = createServer(async (request, response) => {
  const { messages } = (await json(request)) as { messages: { content: string }[] }
  const asked = messages.at(-1)?.content ?? ''
  const answer = asked.includes('Sunday')
    ? 'We are closed on Sunday.'
    : asked.includes('deliver')
      ? 'Yes, within the town.'
      : 'We are open from nine to six.'
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ answer }))
})
await new Promise<void>((open) => shop.listen(0, '127.0.0.1', open))
const address = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/answer`

const airworthy = await testAirworthy()
const home = mkdtempSync(join(tmpdir(), 'airworthy-bringing-'))
afterAll(async () => {
  await airworthy.close()
  shop.close()
  rmSync(home, { recursive: true, force: true })
})

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  )

const STANDING = /begins in the sandbox, wherever it runs today: \d of the 7 things are there/

test('an app behind HTTP, its promptfoo project and its cases go from init to a measured release and a gate', async () => {
  const init = await airworthyCommand(
    ['init', 'bring-your-own', 'shop', '--about', 'Answers about our opening hours', '--http', address].concat(
      '--promptfoo',
      PROJECT,
      '--prompts',
      join(PROJECT, 'prompts'),
      '--cases',
      join(PROJECT, 'cases.csv'),
    ),
    { AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken },
    home,
  )
  expect(init, init.err).toMatchObject({ code: 0, out: expect.stringMatching(STANDING) })
  expect(init.out).toContain('tests.2.assert.0')
  const files = filesOf(join(home, 'shop'))
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining([
      'flows/target.yaml',
      'datasets/questions.jsonl',
      'evals/tests.yaml',
      'prompts/greeting.prompt',
    ]),
  )

  const { answer, experiment, gate, held } = await bringAlong({
    client: airworthy.client,
    users: airworthy.options,
    name: 'shop',
    files,
    tell: (line) => console.log(line),
  })
  expect(answer).toBe('Yes, within the town.')
  expect(experiment).toMatchObject({ state: 'succeeded', primary: 'token-f1' })
  expect(experiment.arms[0]?.scores.find(({ evaluator }) => evaluator === 'token-f1')?.mean).toBe(1)
  expect(gate.decision).toBe('held')
  expect(held.map(({ check }) => check)).toEqual(expect.arrayContaining(['gov.owner', 'biz.charter']))
})

test('prompts alone are asked with the model that is named, and what they lack is said', async () => {
  const brought = await airworthy.client.bringExisting({
    body: {
      prompts: {
        'answer.txt': 'Answer in one sentence: {customer_question}',
        'two.txt': 'Write to {name} about {topic}.',
        'chat.json': '[{"role":"system","content":"Be brief."},{"role":"user","content":"{{question}}"}]',
      },
      model: 'scripted/echo',
      cases: { file: 'cases.jsonl', content: '{"input":"When are you open?"}\n' },
    },
  })
  expect(brought.files['prompts/answer.prompt']).toContain('Answer in one sentence: {{question}}')
  expect(brought.files['prompts/chat.prompt']).toContain('{{role "system"}}')
  expect(brought.unsupported).toEqual([
    expect.objectContaining({ where: 'two.txt', what: expect.stringContaining('name, topic') }),
  ])
  expect(brought.stations.filter(({ isThere }) => isThere)).toEqual([])
  const { problems } = await airworthy.client.checkBlueprint({
    params: { name: 'alone' },
    body: { files: brought.files },
  })
  expect(problems.filter(({ field }) => field !== 'name')).toEqual([])
})

test('spreadsheets come in: questions of a workbook, risks, a roadmap and resources of CSV, by their columns', async () => {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const row = (...cells: string[]) => `<row>${cells.map(cell).join('')}</row>`
  const workbook = madeSpreadsheet(`${row('Question', 'Answer')}${row('When are you open?', 'From nine to six.')}`, [])
  const { files, unsupported, stations } = await airworthy.client.bringExisting({
    body: {
      sheets: [
        { file: 'cases.xlsx', content: workbook.toString('base64') },
        { file: 'risks.csv', content: 'Risk,Likelihood,Severity,Owner\nWrong hours,2,3,Ada\n' },
        { file: 'plan.csv', content: 'Phase,Activity,Timeline,Budget\nTry,Ask ten people,1 month,$5\n' },
        { file: 'cost.csv', content: 'Resource Type,Quantity,Cost,Source\nA developer,1,$5000 a month,Own staff\n' },
        { file: 'notes.csv', content: 'What,When\nx,y\n' },
      ],
    },
  })
  expect(JSON.parse(files['datasets/questions.jsonl'] ?? '')).toMatchObject({
    input: 'When are you open?',
    expected: 'From nine to six.',
    source: 'cases.xlsx, Cases',
  })
  expect(files['risks.yaml']?.match(/^ {2}- /gm)).toHaveLength(7)
  expect(files['risks.yaml']).toContain('owner: Ada')
  expect(files['roadmap.yaml']).toContain('activity: Ask ten people')
  expect(files['resources.yaml']).toMatch(/cost: 5000\n {4}period: month/)
  expect(unsupported).toEqual([
    { where: 'plan.csv', what: 'roadmap.yaml has no place for Budget' },
    {
      where: 'notes.csv',
      what: expect.stringMatching(/^What, When: a sheet of questions has a column question, roadmap/),
    },
  ])
  expect(stations.find(({ id }) => id === 'measured')?.isThere).toBe(true)
  const { problems } = await airworthy.client.checkBlueprint({ params: { name: 'sheets' }, body: { files } })
  expect(problems.filter(({ field }) => field !== 'name')).toEqual([])
})

test.for([
  { given: { sheets: [{ file: 'torn.xlsx', content: 'UEsDBA==' }] }, says: /spreadsheet/ },
  { given: { sheets: [{ file: 'r.csv', content: 'Risk,Likelihood\na,often\n' }] }, says: /“often” is no mark/ },
  {
    given: { cases: { file: 'cases.csv', content: 'question,answer\n,nobody asked\n' } },
    says: /cases\.csv line 2, input/,
  },
  { given: { promptfoo: { 'readme.md': 'nothing' } }, says: /no promptfooconfig\.yaml/ },
  { given: { target: { kind: 'http', url: 'file:///etc/passwd' } }, says: /url/i },
] as const)('what cannot be read is refused with its place: $says', async ({ given, says }) => {
  await expect(airworthy.client.bringExisting({ body: given as never })).rejects.toThrow(says)
})

test('nothing brought is still a whole blueprint, and all of the path is to do', async () => {
  const { files, stations } = await airworthy.client.bringExisting({ body: {} })
  expect(stations.map(({ isThere, next }) => isThere || next !== '')).toEqual(Array(7).fill(true))
  const { ok } = await airworthy.client.checkBlueprint({ params: { name: 'nothing' }, body: { files } })
  expect(ok).toBe(true)
})
