/** `airworthy eval` as CI runs it: the action's own script, its reports read, its exit codes, and the SDK's matcher. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { airworthyMatchers } from '../../sdk/index.ts'
import { verifyVerdict } from '../../sdk/verdict.ts'
import { ROOT, testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
const folder = mkdtempSync(join(tmpdir(), 'airworthy-ci-'))
afterAll(async () => {
  await airworthy.close()
  rmSync(folder, { recursive: true, force: true })
})

const PROMPT = '---\nmodel: any\n---\n{{role "user"}}\n{{question}}\n'
const rows = Array.from({ length: 12 }, (_, at) =>
  JSON.stringify({
    id: `q${at + 1}`,
    input: `How long is the return period of article ${at + 1}?`,
    expected: `Article ${at + 1} can be returned within ${at + 10} days.`,
    metadata: { kind: at % 2 === 0 ? 'even' : 'odd' },
  }),
).join('\n')
const facts = Array.from({ length: 12 }, (_, at) => `Article ${at + 1} can be returned within ${at + 10} days.`).join(
  '\n\n',
)
const files = {
  'airworthy.yaml': 'models:\n  answer: {model: local/extractive}\n',
  'prompts/answer.prompt': PROMPT,
  'knowledge/articles.md': `# Articles\n\n${facts}\n`,
  'datasets/returns.jsonl': `${rows}\n`,
  'evals/returns.yaml': 'dataset: returns\nevaluators: [token-f1]\nthreshold: 0.1\nslices: [kind]\nkind: application\n',
}

test('the script of the action measures, writes what a pull request and CI read, and gives the exit code', async () => {
  await client.createApplication({ body: { name: 'shop', files } })
  const { id } = (await client.freezeRelease({ params: { name: 'shop' }, body: {} })).body
  const output = join(folder, 'output')
  const { stdout } = await promisify(execFile)('bash', [join(ROOT, 'deploy/github-action/eval.sh')], {
    env: {
      ...process.env,
      AIRWORTHY_URL: airworthy.url,
      AIRWORTHY_TOKEN: airworthy.ownerToken,
      IN_APPLICATION: 'shop',
      IN_PACKAGE: join(ROOT, 'bin/airworthy.js'),
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: output,
    },
    cwd: folder,
  })
  expect(stdout).toContain('token-f1')
  expect(readFileSync(output, 'utf8')).toContain('exit-code=0')
  const comment = readFileSync(join(folder, 'airworthy-eval.md'), 'utf8')
  expect(comment).toMatch(/^<!-- airworthy-eval -->\n### returns: token-f1 \d\.\d+ \(.*target 0\.1/)
  expect(comment).toContain('has only 6 examples; nothing is said of it')
  const junit = readFileSync(join(folder, 'airworthy-eval.xml'), 'utf8')
  expect(junit).toMatch(/<testsuites name="airworthy" tests="12" failures="\d+" errors="0"/)

  const passed = await airworthyMatchers.toPassSuites({ client, release: id }, { suite: 'returns' })
  expect(passed).toMatchObject({ pass: true })
  expect(passed.message()).toMatch(/returns: token-f1 .*target 0\.1/)
  expect(await airworthyMatchers.toPassSuites({ client, release: id }, { suite: 'gone' })).toMatchObject({
    pass: false,
  })
})

test('the script of the gate leaves a signed verdict that verifies, and fails where answers are only missing', async () => {
  const output = join(folder, 'gate-output')
  const gate = promisify(execFile)('bash', [join(ROOT, 'deploy/github-action/gate.sh')], {
    env: {
      ...process.env,
      AIRWORTHY_URL: airworthy.url,
      AIRWORTHY_TOKEN: airworthy.ownerToken,
      IN_APPLICATION: 'shop',
      IN_GATE: 'poc',
      IN_PACKAGE: join(ROOT, 'bin/airworthy.js'),
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: output,
    },
    cwd: folder,
  })
  await expect(gate).rejects.toMatchObject({
    code: 3,
    stdout: expect.stringMatching(/Signed verdict gat_\S+ in \S+, by/),
  })
  expect(readFileSync(output, 'utf8')).toMatch(/^gate-exit-code=3\nverdict=.*airworthy-verdict\.json\n$/)
  const verdict = verifyVerdict(readFileSync(join(folder, 'airworthy-verdict.json')))
  expect(verdict).toMatchObject({ kind: 'valid', result: 'FAILED', application: 'shop', into: 'poc' })
  expect(readFileSync(join(folder, 'airworthy-verdict.txt'), 'utf8')).toMatch(/^FAILED: shop r1 at the gate into poc/)
})

test('the comment of that run is made once on the pull request, and written over by the next run', async () => {
  const comment = readFileSync(join(folder, 'airworthy-eval.md'), 'utf8')
  const [markdown, calls] = [join(folder, 'comment.md'), join(folder, 'calls')]
  // The command of GitHub, as far as the script asks it: it lists the comments that it was given, and keeps the next.
  writeFileSync(
    join(folder, 'gh'),
    `#!/usr/bin/env bash
cd ${JSON.stringify(folder)}
if [[ "$*" == *--jq* ]]; then [ ! -f kept ] || echo 41; exit 0; fi
echo "$2 $3 $4" >> calls
for one in "$@"; do [[ "$one" != body=@* ]] || cp "\${one#body=@}" kept; done
`,
    { mode: 0o755 },
  )
  const run = (text: string) => {
    writeFileSync(markdown, text)
    return promisify(execFile)('bash', [join(ROOT, 'deploy/github-action/comment.sh')], {
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        GITHUB_REPOSITORY: 'shop/shop',
        PULL_REQUEST: '7',
        MARKDOWN: markdown,
      },
    })
  }
  await run(comment)
  expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe(comment)
  await run(`${comment}\nAgain.\n`)
  expect(readFileSync(join(folder, 'kept'), 'utf8')).toContain('Again.')
  expect(readFileSync(calls, 'utf8').trim().split('\n')).toEqual([
    '--method POST repos/shop/shop/issues/7/comments',
    '--method PATCH repos/shop/shop/issues/comments/41',
  ])
})

test('an experiment goes out as an MLflow run and as promptfoo results', async () => {
  const { items } = await client.listExperiments({ query: { application: 'shop' } })
  const params = { id: items[0]?.id ?? '' }
  const mlflow = JSON.parse((await client.getExperimentReport({ params, query: { format: 'mlflow' } })).content)
  expect(mlflow.run.info).toMatchObject({ run_id: params.id, status: 'FINISHED' })
  expect(mlflow.run.data.metrics.map(({ key }: { key: string }) => key)).toContain('candidate/token-f1/low')
  const promptfoo = JSON.parse((await client.getExperimentReport({ params, query: { format: 'promptfoo' } })).content)
  expect(promptfoo.results).toMatchObject({ version: 3, stats: { errors: 0 } })
  expect(promptfoo.results.results).toHaveLength(12)
})
