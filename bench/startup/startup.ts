/**
 * What it costs to start the server and to let it stand, beside a process that only opens the engine.
 *
 * node bench/startup/startup.ts [--smoke] [--seconds 60] [--rounds 5]
 *
 * Medians of the rounds. Wall time belongs to the machine and to what else runs on it; processor time is what the
 * start itself costs. The pages are built before, by a start that is not counted.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Figures, measureBare, measureServer } from './measure.ts'

const { values } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '5' },
  },
})
const idleMs = values.smoke ? 200 : Number(values.seconds) * 1000
const rounds = values.smoke ? 1 : Number(values.rounds)
const place = mkdtempSync(join(tmpdir(), 'airworthy-bench-startup-'))

try {
  if (!values.smoke) await measureServer(join(place, 'first'), 0)
  const all = { newServer: [], newBare: [], server: [], bare: [] } as Record<string, Figures[]>
  for (let round = 0; round < rounds; round += 1) {
    const folder = join(place, `ours-${round}`)
    all.newServer?.push(await measureServer(folder, 0))
    all.newBare?.push(await measureBare(join(place, `bare-${round}`), 0, values.smoke ? 'seed' : 'initdb'))
    // One round stands for as long as was asked; the others only start.
    const stays = round === rounds - 1 ? idleMs : 0
    all.server?.push(await measureServer(folder, stays))
    all.bare?.push(await measureBare(folder, stays))
  }
  report(all)
} finally {
  rmSync(place, { recursive: true, force: true })
}

function report(all: Record<string, Figures[]>): void {
  const median = (name: string, figure: keyof Figures) => {
    const sorted = (all[name] ?? []).map((figures) => figures[figure]).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  }
  const last = (name: string, figure: keyof Figures) => all[name]?.at(-1)?.[figure] ?? Number.NaN
  line('new folder, to /readyz (aim: under 5 s)', 'ms', median('newServer', 'readyMs'), median('newBare', 'readyMs'))
  line('new folder, processor', 'ms', median('newServer', 'readyProcessorMs'), median('newBare', 'readyProcessorMs'))
  line('existing folder, to /readyz (aim: under 2 s)', 'ms', median('server', 'readyMs'), median('bare', 'readyMs'))
  line('existing folder, processor', 'ms', median('server', 'readyProcessorMs'), median('bare', 'readyProcessorMs'))
  const after = `${(idleMs / 1000).toFixed(1)} s later`
  line(
    `existing folder, resident ${after} (aim: under 350 MB)`,
    'MB',
    last('server', 'megabytes'),
    last('bare', 'megabytes'),
  )
  line(
    `existing folder, idle until ${after}`,
    '% of a core',
    last('server', 'idlePercent'),
    last('bare', 'idlePercent'),
  )
}

function line(what: string, unit: string, ours: number, bare: number): void {
  const digits = unit.startsWith('%') ? 2 : 0
  const ratio = (ours / bare).toFixed(2)
  console.log(
    `${what.padEnd(62)} ${ours.toFixed(digits)} ${unit}, bare ${bare.toFixed(digits)} ${unit}, ratio ${ratio}`,
  )
}
