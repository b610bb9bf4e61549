/**
 * A fingerprint of something that moves without a release: read by GET, and another whenever what it stands for is,
 * such as a version, or a count with a time.
 */
import { z } from 'zod'

export const Fingerprint = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  /** Name of the environment variable or provider credential that holds its key. */
  credential: z.string().min(1).optional(),
})
export type Fingerprint = z.infer<typeof Fingerprint>

/** Under which name it is watched, beside hosted models: `tool/orders@shop.example/version`. */
export const watchedAs = (kind: 'live-index' | 'tool', name: string, { url }: Fingerprint): string =>
  `${kind}/${name}@${url.replace(/^https?:\/\//, '').slice(0, 150)}`
