/** The completion script, in a real bash; and operations that have no command of their own. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { operationNames } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand, type Ended } from '../testing/child.ts'
import { echoApplication } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
const home = mkdtempSync(join(tmpdir(), 'airworthy-completion-'))
afterAll(async () => {
  await airworthy.close()
  rmSync(home, { recursive: true, force: true })
})
const run = (words: string[]): Promise<Ended> =>
  airworthyCommand(words, { AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken }, home)
const scriptOf = async (shell: string) => {
  const { code, out } = await run(['completion', shell])
  expect(code).toBe(0)
  return out
}

const bash = await scriptOf('bash')
/** What bash offers after a tab behind these words; the last one is what was begun. */
async function offered(...words: string[]): Promise<string[]> {
  const file = join(home, 'completion.bash')
  writeFileSync(file, bash)
  const line = `source "$0"; COMP_WORDS=(airworthy "$@"); COMP_CWORD=$#; _airworthy || true; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = await promisify(execFile)('bash', ['--norc', '-euc', line, file, ...words])
  return stdout.split('\n').filter((word) => word !== '')
}

test.for([
  ['the first letters of a command', ['rol'], ['rollout']],
  ['a command below another', ['rollout', 'w'], ['watch']],
  ['all below another', ['waiver', ''], ['request', 'grant', 'refuse', 'end', 'list', '--json']],
  ['an argument with known words', ['gate', 'p'], ['poc', 'pilot', 'production']],
  ['an option', ['gate', 'poc', '--r'], ['--release', '--run']],
  ['the values of an option', ['keys', 'create', 'ci', '--role', 'b'], ['builder']],
  ['after an option with its value', ['keys', '--json', 'l'], ['list']],
  ['an operation of the API', ['call', 'getGa'], ['getGate', 'getGateDecision', 'getGateVerdict']],
  ['nothing, where files may stand', ['freeze', 'my'], []],
] as const)('bash completes %s', async ([, words, words_after]) => {
  expect(await offered(...words)).toEqual(words_after)
})

/** Whether a shell is on this machine; where it is not, its script is read and not run. */
const has = (shell: string) =>
  promisify(execFile)('which', [shell]).then(
    () => true,
    () => false,
  )

/** The function in a real zsh, whose own helpers print in place of offering. */
async function offeredByZsh(script: string, words: readonly string[]): Promise<string[]> {
  const file = join(home, '_airworthy')
  writeFileSync(file, script)
  const said = `compdef() { : }; _files() { : }; compadd() { shift; print -rl -- "$@" }; _describe() { print -rl -- "\${(@)words_after%%:*}" }`
  const line = `${said}; source "$0"; words=(airworthy "$@"); CURRENT=$(( $# + 1 )); _airworthy`
  const { stdout } = await promisify(execFile)('zsh', ['-f', '-c', line, file, ...words])
  const begun = words.at(-1) ?? ''
  return stdout.split('\n').filter((word) => word !== '' && word.startsWith(begun))
}

/** What a real fish offers for the line. */
async function offeredByFish(script: string, words: readonly string[]): Promise<string[]> {
  const file = join(home, 'airworthy.fish')
  writeFileSync(file, script)
  const line = `source ${file}; complete -C "airworthy ${words.join(' ')}"`
  const { stdout } = await promisify(execFile)('fish', ['--no-config', '-c', line], {
    env: { ...process.env, HOME: home },
  })
  return stdout
    .split('\n')
    .map((offer) => offer.split('\t')[0] ?? '')
    .filter((word) => word !== '')
}

test.for([
  ['zsh', offeredByZsh, /^#compdef airworthy\n[\s\S]*'rollout:move the live traffic/],
  ['fish', offeredByFish, /complete -c airworthy -n .* -f -a 'rollout' -d 'move the live traffic/],
] as const)('%s completes commands, those below them, and values', async ([shell, offeredBy, form]) => {
  const script = await scriptOf(shell)
  expect(script).toMatch(form)
  if (!(await has(shell))) return
  expect(await offeredBy(script, ['rol'])).toEqual(['rollout'])
  expect(await offeredBy(script, ['rollout', 'w'])).toEqual(['watch'])
  expect(await offeredBy(script, ['gate', 'pi'])).toEqual(['pilot'])
  expect(await offeredBy(script, ['gate', 'poc', '--ru'])).toEqual(['--run'])
  expect(await offeredBy(script, ['keys', 'create', 'ci', '--role', 'b'])).toEqual(['builder'])
})

test('bash accepts the script for its own use, and a shell that is not known is refused', async () => {
  await promisify(execFile)('bash', ['-n', join(home, 'completion.bash')])
  expect(bash).toContain('complete -o default -F _airworthy airworthy')
  expect(await run(['completion', 'powershell'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('bash, zsh, fish'),
  })
})

test('call reaches every operation, with fields in the path, the query and the body', async () => {
  const name = 'parcels'
  writeFileSync(join(home, 'body.json'), JSON.stringify({ name, files: echoApplication('first') }))
  expect(await run(['call', 'createApplication', '--body', 'body.json'])).toMatchObject({ code: 0 })
  const limited = await run(['call', 'setLimits', `name=${name}`, 'requestsPerMinute:=7'])
  expect(JSON.parse(limited.out)).toMatchObject({ application: name, limits: { requestsPerMinute: 7 } })
  const listed = await run(['call', 'listReleases', `name=${name}`, 'limit=1', '--json'])
  expect(JSON.parse(listed.out)).toEqual({ items: [], next: null })
  expect((await run(['call', 'getMetrics'])).out).toContain('# TYPE airworthy_build_info gauge')
  expect(await run(['call', 'getApplication'])).toMatchObject({ code: 2, err: expect.stringContaining('name=…') })
  expect(await run(['call', 'getApplication', 'name=nobody'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('delivery.application-unknown'),
  })
  expect(operationNames.length).toBeGreaterThan(60)
}, 60_000)

test('webhooks are made, listed and removed', async () => {
  const made = await run(['webhooks', 'create', 'http://127.0.0.1:1/hooks', '--event', 'rollout.aborted'])
  const [, id = ''] = /^whsec_\S+\n.*airworthy webhooks test (whk_\S+)\n$/.exec(made.out) ?? []
  expect(await run(['webhooks', 'test', id])).toMatchObject({ code: 0, out: expect.stringContaining('on its way') })
  expect((await run(['webhooks', 'list'])).out).toMatch(
    new RegExp(`${id} +http://127\\.0\\.0\\.1:1/hooks +rollout\\.aborted +- +on`),
  )
  await expect.poll(async () => (await run(['webhooks', 'log', id])).out, { timeout: 20_000 }).toContain('ECONNREFUSED')
  expect(await run(['webhooks', 'delete', id])).toMatchObject({ code: 0 })
  expect((await run(['webhooks', 'list'])).out).toContain('Nobody is told.')
}, 60_000)
