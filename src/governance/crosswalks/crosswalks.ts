/** Verbs of crosswalks: where an application has evidence, on screen and on paper; what an update of a pack would touch. */
import type { GateCatalogue } from '../../core/check.ts'
import { Failure } from '../../kernel/failure.ts'
import { type Block, csvOf, htmlOf, markdownOf } from '../../kernel/paper.ts'
import { AdvisorPack } from '../advisor/pack.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import { CAUTION } from '../law/law-view.ts'
import { LawPack } from '../law/pack.ts'
import { type PathStanding, verdictsOf } from '../standing.ts'
import { type CoverageView, checksOf, coverageOf } from './coverage.ts'
import { coveragePaper } from './coverage-paper.ts'
import { Crosswalk } from './crosswalk.ts'
import { changedItems, type PackChanges, type PackKind, type ReadPack } from './pack-changes.ts'

export type CrosswalkDeps = Pick<GovernanceDeps, 'clock' | 'applicationOf'> & {
  readonly crosswalks: readonly Crosswalk[]
  readonly laws: readonly LawPack[]
  readonly advisorPack: AdvisorPack
  readonly catalogue: GateCatalogue
  readonly standingOf: (name: string) => Promise<PathStanding>
  readonly applications: () => Promise<readonly string[]>
  /** Laws that apply to an application, or may. */
  readonly lawsOf: (name: string) => Promise<readonly string[]>
  /** Rules of the advisor that its assessment fired. */
  readonly rulesOf: (name: string) => Promise<readonly string[]>
}

export type Crosswalks = ReturnType<typeof createCrosswalks>

export function createCrosswalks(deps: CrosswalkDeps) {
  const { clock, crosswalks, laws, advisorPack, catalogue } = deps

  async function coverage(name: string): Promise<CoverageView> {
    const application = await deps.applicationOf(name)
    const verdicts = verdictsOf(await deps.standingOf(name))
    return {
      application: application.name,
      at: clock(),
      caution: CAUTION,
      frameworks: crosswalks.map((one) => coverageOf(one, { checks: catalogue.checks, verdicts })),
    }
  }

  /** One shape for the three kinds, so that they are compared alike. */
  function readPack(kind: PackKind, value: unknown): ReadPack {
    if (kind === 'law') {
      const { law: name, version, asOf, obligations, questions } = parse(LawPack, value)
      const items = [
        ...obligations.map((one) => ({ id: one.id, title: one.title, checks: one.evidence, content: one })),
        ...questions.map((one) => ({ id: one.id, title: one.label, checks: [], content: one })),
      ]
      return { name, version, asOf, items }
    }
    if (kind === 'crosswalk') {
      const crosswalk = parse(Crosswalk, value)
      const serving = checksOf(crosswalk, catalogue.checks)
      const items = crosswalk.controls.map((one) => ({
        id: one.id,
        title: one.says,
        checks: serving.get(one.id) ?? [],
        content: one,
      }))
      return { name: crosswalk.framework, version: crosswalk.version, asOf: crosswalk.asOf, items }
    }
    const { name, version, asOf, rules } = parse(AdvisorPack, value)
    return {
      name,
      version,
      asOf,
      items: rules.map((one) => ({ id: one.id, title: one.title, checks: one.checks ?? [], content: one })),
    }
  }

  const inForce = (kind: PackKind, name: string): unknown =>
    kind === 'law'
      ? laws.find((one) => one.law === name)
      : kind === 'crosswalk'
        ? crosswalks.find((one) => one.framework === name)
        : advisorPack

  /** Why an update touches an application; undefined when it does not. */
  async function whyTouched(
    kind: PackKind,
    pack: ReadPack,
    application: string,
    changed: readonly string[],
    checks: readonly string[],
  ) {
    if (kind === 'law')
      return (await deps.lawsOf(application)).includes(pack.name) ? 'The law applies to it, or may.' : undefined
    if (kind === 'advisor') {
      const fired = (await deps.rulesOf(application)).filter((rule) => changed.includes(rule))
      return fired.length > 0 ? `Its technique rests on ${fired.join(', ')}: assess it again.` : undefined
    }
    const asked = verdictsOf(await deps.standingOf(application))
    const touched = checks.filter((check) => asked.has(check) && asked.get(check) !== 'NOT_APPLICABLE')
    return touched.length > 0 ? `It is asked ${touched.join(', ')}.` : undefined
  }

  return {
    coverage,

    async export({ name, format }: { name: string; format: 'markdown' | 'html' | 'csv' }): Promise<string> {
      const blocks: Block[] = coveragePaper(await coverage(name))
      if (format === 'csv') return csvOf(blocks)
      return format === 'html' ? htmlOf(blocks, { title: `Coverage of ${name}` }) : markdownOf(blocks)
    },

    async changes({ kind, pack: value }: { kind: PackKind; pack: unknown }): Promise<PackChanges> {
      const after = readPack(kind, value)
      const old = inForce(kind, after.name)
      const before = old === undefined ? null : readPack(kind, old)
      const items = changedItems(before?.items ?? [], after.items)
      const checks = [...new Set(items.flatMap((one) => one.checks))].sort()
      const changed = items.map(({ id }) => id)
      const applications = []
      if (items.length > 0)
        for (const application of await deps.applications()) {
          const because = await whyTouched(kind, after, application, changed, checks)
          if (because) applications.push({ application, because })
        }
      return {
        kind,
        name: after.name,
        before: before && { version: before.version, asOf: before.asOf },
        after: { version: after.version, asOf: after.asOf },
        items,
        checks,
        applications,
      }
    },
  }
}

function parse<Value>(
  schema: {
    safeParse(value: unknown): {
      success: boolean
      data?: Value
      error?: { issues: { path: PropertyKey[]; message: string }[] }
    }
  },
  value: unknown,
): Value {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data as Value
  const [first] = parsed.error?.issues ?? []
  throw new Failure(
    'invalid',
    'governance.pack-invalid',
    `pack.${first?.path.join('.')}: ${first?.message}. Compare it with the pack of this kind in packs/.`,
  )
}
