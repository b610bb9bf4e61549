/** Who must have signed where nobody keeps a key: a name at its issuer, and the authorities that are believed about it. */
import { z } from 'zod'

const MOST_ROOT_CHARACTERS = 1_000_000

const some = z.array(z.unknown()).min(1)
const Root = z.looseObject({ certificateAuthorities: some, ctlogs: some, tlogs: some })

/** Whom a certificate names, after it was checked. */
export const SignedBy = z.object({
  /** Who says so: the address of the sign-in. */
  issuer: z.string(),
  /** An e-mail address, or the address of a workflow. */
  subject: z.string(),
})
export type SignedBy = z.infer<typeof SignedBy>

/** Both names are compared letter by letter. */
export const TrustedIdentity = z.strictObject({
  issuer: z.string().trim().min(1).max(1000),
  subject: z.string().trim().min(1).max(1000),
  /** The trusted root of Sigstore as JSON. Nothing is trusted by itself, and none is fetched. */
  trustedRoot: z
    .string()
    .max(MOST_ROOT_CHARACTERS)
    .refine(isRoot, 'send a trusted root of Sigstore as JSON; it lists certificateAuthorities, ctlogs and tlogs'),
})
export type TrustedIdentity = z.infer<typeof TrustedIdentity>

function isRoot(text: string): boolean {
  try {
    return Root.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
