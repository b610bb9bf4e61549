/** Something that an advisory can be about: a package of this program, or a model by where it was published. */
import { z } from 'zod'
import type { Affected, OsvAdvisory, Touch } from './osv.ts'
import { touchOf } from './osv.ts'
import { type Severity, severityOf } from './severity.ts'

export const Component = z.object({
  kind: z.enum(['package', 'model']),
  /** The name of the package, or `provider/model`. */
  name: z.string(),
  /** Null when it is not known, which no advisory is ruled out by. */
  version: z.string().nullable(),
  /** Package URLs without a version, in lower case where the type says so. */
  purls: z.array(z.string()),
})
export type Component = z.infer<typeof Component>

export const npmComponent = (name: string, version: string): Component => ({
  kind: 'package',
  name,
  version,
  purls: [`pkg:npm/${name.replace(/^@/, '%40').toLowerCase()}`],
})

/** @param identity `organisation/name` as on Hugging Face */
export const modelComponent = (model: string, identity: string | null, revision: string | null): Component => ({
  kind: 'model',
  name: model,
  version: revision,
  purls: identity === null ? [] : [`pkg:huggingface/${identity.toLowerCase()}`],
})

export type Hit = { readonly component: Component; readonly touch: Exclude<Touch, 'no'>; readonly severity: Severity }

/** What of these an advisory is about; nothing when it was withdrawn. */
export function hitsOf(advisory: OsvAdvisory, components: readonly Component[]): Hit[] {
  if (advisory.withdrawn !== undefined) return []
  return components.flatMap((component) => {
    const about = (advisory.affected ?? []).filter((affected) =>
      purlsOf(affected).some((purl) => component.purls.includes(purl)),
    )
    const touches = about.map((affected) => ({ affected, touch: touchOf(affected, component.version) }))
    const worst = touches.find(({ touch }) => touch === 'affected') ?? touches.find(({ touch }) => touch === 'possible')
    if (!worst || worst.touch === 'no') return []
    return [{ component, touch: worst.touch, severity: severityOf(advisory, worst.affected) }]
  })
}

/** By its package URL, else by ecosystem and name. */
function purlsOf({ package: about }: Affected): string[] {
  if (!about) return []
  const purl = about.purl?.replace(/[@?#][^/]*$/, '')
  const named = { npm: `pkg:npm/${about.name.replace(/^@/, '%40')}`, huggingface: `pkg:huggingface/${about.name}` }
  const ecosystem =
    about.ecosystem
      .toLowerCase()
      .split(':')[0]
      ?.replace(/[^a-z]/g, '') ?? ''
  const byName = ecosystem === 'npm' || ecosystem === 'huggingface' ? [named[ecosystem]] : []
  return [...(purl === undefined ? [] : [purl.replace(/^pkg:npm\/@/, 'pkg:npm/%40')]), ...byName].map((one) =>
    one.toLowerCase(),
  )
}
