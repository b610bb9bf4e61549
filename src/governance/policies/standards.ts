/**
 * Standards of the organisation: which models and templates may be used, what a new application begins with, and which
 * of that may not be changed (S2.7). Inherited when an application is made, enforced when it is frozen. Pure.
 */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import { Settings } from '../../core/blueprint/schema.ts'
import type { Manifest } from '../../core/manifest.ts'
import { digestOf } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

/** Parts of `airworthy.yaml` that the organisation may give to new applications. */
export const STANDARD_PARTS = ['profile', 'privacy', 'disclosure', 'limits', 'gates', 'duties'] as const
export const StandardPart = z.enum(STANDARD_PARTS)
export type StandardPart = z.infer<typeof StandardPart>

const Defaults = z.strictObject({
  profile: Settings.shape.profile.unwrap().partial().optional(),
  privacy: Settings.shape.privacy,
  disclosure: Settings.shape.disclosure,
  limits: Settings.shape.limits.unwrap().optional(),
  gates: Settings.shape.gates.unwrap().optional(),
  duties: Settings.shape.duties.unwrap().optional(),
})

export const StandardsContent = z.strictObject({
  /** Models that may be used, `provider/model`, where `*` stands for anything; all of them when it is empty. */
  models: z.array(z.string().min(1).max(200)).max(500).default([]),
  /** Templates that applications may begin with; all of them when it is empty. */
  templates: z.array(z.string().min(1)).max(100).default([]),
  /** What a new application begins with where its own blueprint says nothing. */
  defaults: Defaults.default({}),
  /** Parts of the defaults that must be in every release as they are here. */
  fixed: z.array(StandardPart).default([]),
})
export type StandardsContent = z.infer<typeof StandardsContent>

export const Standards = z.object({
  id: idOf('std'),
  organisation: Organisation,
  version: z.number().int(),
  content: StandardsContent,
  createdAt: Instant,
  createdBy: ActorId,
})
export type Standards = z.infer<typeof Standards>

export type Breach = { readonly field: string; readonly message: string }

/** What a release has that the organisation does not allow, by name. */
export function breachesOf(
  { models, templates, defaults, fixed }: StandardsContent,
  { manifest, application }: { manifest: Manifest; application: Pick<Application, 'documents' | 'template'> },
): Breach[] {
  const allowed = models.map(patternOf)
  return [
    ...manifest.models
      .filter(({ model }) => allowed.length > 0 && !allowed.some((pattern) => pattern.test(model)))
      .map(({ name, model }) => ({
        field: `models.${name}`,
        message: `${model} is not among the allowed models (${models.join(', ')})`,
      })),
    ...(templates.length > 0 && !templates.includes(application.template)
      ? [{ field: 'template', message: `it began with ${application.template}; allowed are ${templates.join(', ')}` }]
      : []),
    ...fixed.flatMap((part) => {
      const standard = defaults[part]
      if (standard === undefined || holds(standard, application.documents[part]?.value)) return []
      return [{ field: part, message: `${part} must be as the standards of the organisation have it` }]
    }),
  ]
}

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )

/** Whether everything that the standard says stands in the value; what it does not say is free. */
function holds(standard: unknown, value: unknown): boolean {
  if (Array.isArray(standard) || typeof standard !== 'object' || standard === null)
    return digestOf(standard ?? null) === digestOf(value ?? null)
  const found = (value ?? {}) as Record<string, unknown>
  return Object.entries(standard).every(([key, one]) => one === undefined || holds(one, found[key]))
}

/** The defaults under what the blueprint says itself; undefined when nothing is added. */
export function inherited(settings: Readonly<Record<string, unknown>>, { defaults }: StandardsContent) {
  const added = Object.fromEntries(
    Object.entries(defaults).flatMap(([part, standard]) => {
      const merged = under(standard, settings[part])
      return digestOf(merged ?? null) === digestOf(settings[part] ?? null) ? [] : [[part, merged]]
    }),
  )
  return Object.keys(added).length === 0 ? undefined : { ...settings, ...added }
}

function under(standard: unknown, said: unknown): unknown {
  if (said === undefined) return standard
  if (Array.isArray(standard) || typeof standard !== 'object' || standard === null) return said
  if (Array.isArray(said) || typeof said !== 'object' || said === null) return said
  const own = said as Record<string, unknown>
  return { ...own, ...Object.fromEntries(Object.entries(standard).map(([key, one]) => [key, under(one, own[key])])) }
}
