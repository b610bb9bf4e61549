/**
 * Runs every `check:…` script of package.json side by side: `npm run check`.
 *
 * One line each, with its seconds; the output of those that failed follows. Exit code 1 when one failed.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { z } from 'zod'

type Result = { name: string; passed: boolean; seconds: number; output: string }

const Manifest = z.object({ scripts: z.record(z.string(), z.string()) })

async function main(): Promise<void> {
  const { scripts } = Manifest.parse(JSON.parse(readFileSync('package.json', 'utf8')))
  const checks = Object.entries(scripts).filter(([name]) => name.startsWith('check:'))
  const results = await Promise.all(
    checks.map(async ([name, command]) => {
      const result = await run(name.slice('check:'.length), command)
      console.log(`${result.passed ? 'ok    ' : 'FAILED'} ${result.name.padEnd(14)} ${result.seconds.toFixed(1)} s`)
      return result
    }),
  )
  const failed = results.filter(({ passed }) => !passed)
  for (const { name, output } of failed) console.log(`\n--- ${name}\n${output.trimEnd()}`)
  process.exitCode = failed.length === 0 ? 0 : 1
}

function run(name: string, command: string): Promise<Result> {
  const start = performance.now()
  const path = [join(process.cwd(), 'node_modules/.bin'), process.env.PATH].join(delimiter)
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => collect(Buffer.from(`${error.message}\n`)))
    child.on('close', (code) =>
      resolve({ name, passed: code === 0, seconds: (performance.now() - start) / 1000, output }),
    )
  })
}

await main()
