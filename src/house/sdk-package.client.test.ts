/** The SDK as somebody else gets it: packed, installed into an empty project without a network, run and type-checked. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { ROOT, testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const run = promisify(execFile)
const project = mkdtempSync(join(tmpdir(), 'airworthy-sdk-'))
const airworthy = await testAirworthy()
afterAll(async () => {
  await airworthy.close()
  rmSync(project, { recursive: true, force: true })
})
/** The project's compiler, and whatever else npm needs. */
const PATH = `${join(ROOT, 'node_modules/.bin')}:/usr/local/bin:/usr/bin:/bin`
const example = /```js\n(.*?)```/s.exec(readFileSync(join(ROOT, 'sdk/README.md'), 'utf8'))?.[1] ?? ''

test('the packed SDK is installed offline, and its README runs and type-checks in an empty project', async () => {
  const env = { PATH, HOME: project }
  // From a copy: packing leaves nothing in the sources, and two runs may pack at once.
  const sources = join(project, 'sources')
  cpSync(join(ROOT, 'sdk'), join(sources, 'sdk'), { recursive: true })
  cpSync(join(ROOT, 'tsconfig.json'), join(sources, 'tsconfig.json'))
  // The types of Node, which the verifier of dossiers is compiled against.
  symlinkSync(join(ROOT, 'node_modules'), join(sources, 'node_modules'))
  const packed = await run('npm', ['pack', '--json', '--pack-destination', project], { cwd: join(sources, 'sdk'), env })
  const json = packed.stdout.slice(packed.stdout.search(/^[[{]/m))
  const [answer] = Object.values(JSON.parse(json) as object) as { filename: string; files: { path: string }[] }[]
  const paths = answer?.files.map(({ path }) => path) ?? []
  expect(paths).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']),
  )
  expect(paths.filter((path) => !/^(dist\/[a-z]+\.(js|d\.ts)|LICENSE|README\.md|package\.json)$/.test(path))).toEqual(
    [],
  )

  writeFileSync(join(project, 'package.json'), '{"name":"stranger","private":true,"type":"module"}')
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${answer?.filename}`], { cwd: project, env })

  await airworthy.client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  writeFileSync(join(project, 'example.js'), example)
  const { stdout } = await run(process.execPath, ['example.js'], {
    cwd: project,
    env: { ...env, AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken },
  })
  const lines = stdout.trim().split('\n')
  expect(lines.slice(0, 4)).toEqual(['parcels', '201 1', 'parcel number 7', 'parcel number 7'])
  expect(lines.slice(4)).toEqual([expect.stringMatching(/^rel_/), '404 delivery.application-unknown'])

  writeFileSync(
    join(project, 'typed.ts'),
    [
      `import { all, createClient, type Release } from '@airworthy/sdk'`,
      `const client = createClient({ baseUrl: 'http://x' })`,
      `export async function numbers(): Promise<number[]> {`,
      `  const found: number[] = []`,
      `  for await (const { number } of all(client.listReleases, { params: { name: 'x' } })) found.push(number)`,
      `  // @ts-expect-error a name is a text`,
      `  await client.getApplication({ params: { name: 7 } })`,
      `  return found`,
      `}`,
      `export const digestOf = ({ digest }: Release): string => digest`,
    ].join('\n'),
  )
  for (const module of ['nodenext', 'preserve'])
    await run(
      'tsc',
      [
        '--noEmit',
        '--strict',
        '--target',
        'es2022',
        '--module',
        module,
        '--lib',
        'es2022,DOM',
        '--types',
        '',
        'typed.ts',
      ],
      {
        cwd: project,
        env,
      },
    )
}, 120_000)
