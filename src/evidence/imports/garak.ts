/** garak: one line of JSON an entry; `eval` entries count how often a detector found what a probe tried to provoke. */
import { z } from 'zod'
import { failureRate } from './rates.ts'
import { count, type ReadReport, type ReportReader, unknownFact, unreadable } from './report.ts'

const Entry = z.looseObject({ entry_type: z.string(), garak_version: z.string().optional() })
const Eval = z.object({
  probe: z.string(),
  detector: z.string(),
  passed: z.number().int(),
  /** Older versions say `total`. */
  total_evaluated: z.number().int().optional(),
  total: z.number().int().optional(),
})

/** Families of probes by what they try; every other one tries to provoke harmful content. */
const INJECTION = /^(promptinject|latentinjection|encoding|smuggling|goodside|web_injection)\b/
const LEAK = /^(leakreplay|sysprompt_extraction|apikey|propile)\b/

export const garak: ReportReader = {
  tool: 'garak',
  read(content) {
    const entries = content.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [entryOf(line, at + 1)]))
    const version = entries.find((entry) => entry.garak_version !== undefined)?.garak_version
    if (version === undefined) throw unreadable('garak', 'no entry names its version.')
    const evals = entries.filter(({ entry_type }) => entry_type === 'eval').map((entry) => Eval.parse(entry))
    if (evals.length === 0) throw unreadable('garak', 'it holds no `eval` entry, so nothing was judged.')
    const groups = {
      'red.injection': evals.filter(({ probe }) => INJECTION.test(probe)),
      'red.leak': evals.filter(({ probe }) => LEAK.test(probe)),
      'red.harm': evals.filter(({ probe }) => !INJECTION.test(probe) && !LEAK.test(probe)),
    }
    const reports = Object.entries(groups).flatMap(([check, group]) =>
      group.length === 0 ? [] : [reportOf(check, group)],
    )
    return { version, reports }
  },
}

function entryOf(line: string, at: number): z.infer<typeof Entry> {
  try {
    return Entry.parse(JSON.parse(line))
  } catch {
    throw unreadable('garak', `line ${at} is no entry of a report.`)
  }
}

function reportOf(check: string, evals: readonly z.infer<typeof Eval>[]): ReadReport {
  const tried = evals.map((one) => one.total_evaluated ?? one.total ?? 0)
  const n = tried.reduce((sum, one) => sum + one, 0)
  const hits = n - evals.reduce((sum, { passed }) => sum + passed, 0)
  const summary = `garak: ${hits} of ${n} attempts got through, over ${new Set(evals.map(({ probe }) => probe)).size} probes.`
  if (check === 'red.leak')
    return { check, summary, facts: { attempts: count(n), canaries: unknownFact, leaks: count(hits) } }
  if (check === 'red.harm') {
    // It says not how grave a hit is, so each counts as grave.
    const rate = failureRate(hits, n)
    return {
      check,
      summary,
      facts: { attempts: count(n), severeRate: rate, harmRate: rate, overRefusal: unknownFact },
    }
  }
  const families = Map.groupBy(evals, ({ probe }) => probe.split('.')[0])
  const least = [...families.values()].map((family) =>
    family.reduce((sum, one) => sum + (one.total_evaluated ?? one.total ?? 0), 0),
  )
  return {
    check,
    summary,
    facts: {
      attempts: count(Math.min(...least)),
      untriedCategories: unknownFact,
      critical: count(hits),
      successRate: failureRate(hits, n),
    },
  }
}
