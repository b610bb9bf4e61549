/**
 * A crosswalk: the controls of a framework by their ids, in our own words, and which checks serve each. A check names a
 * control in its references, which the pattern reads; a control may name further checks (S1.16.4d).
 */
import { z } from 'zod'

export const Control = z.strictObject({
  id: z.string(),
  group: z.string(),
  says: z.string(),
  checks: z.array(z.string()).default([]),
  /** Other names by which checks refer to it. */
  aliases: z.array(z.string()).default([]),
})
export type Control = z.infer<typeof Control>

export const Crosswalk = z.strictObject({
  framework: z.string(),
  title: z.string(),
  edition: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  /** Reads a reference of a check, for example `NIST MS 2.7`; its groups are the id, joined by a space. */
  pattern: z.string(),
  note: z.string(),
  source: z.strictObject({ title: z.string(), url: z.url() }),
  controls: z.array(Control).min(1),
})
export type Crosswalk = z.infer<typeof Crosswalk>

/** The id of the control that a reference names; undefined when it is of another framework. */
export function controlOf({ pattern, controls }: Crosswalk, reference: string): string | undefined {
  const id = new RegExp(pattern).exec(reference)?.slice(1).join(' ')
  return id === undefined ? undefined : (controls.find(({ aliases }) => aliases.includes(id))?.id ?? id)
}
