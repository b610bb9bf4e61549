/** The routes of signing in: passwords, invitations, the organisation's sign-on, and the second factor. */
import { z } from 'zod'
import { ActorId, Role } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'
import { SignInName } from '../actor.ts'

const PasswordText = z.string().min(1).max(1000)
const Code = z.string().trim().min(6, 'a code has six digits').max(20)

const SignedIn = z.object({ actor: ActorId, name: z.string(), role: Role })

export const SignInMethods = z.object({
  /** True when somebody has a password here. */
  password: z.boolean(),
  /** What the button says; null where no sign-on is set up. */
  oidc: z.object({ name: z.string() }).nullable(),
})
export type SignInMethods = z.infer<typeof SignInMethods>

export const listSignInMethods = route({
  name: 'listSignInMethods',
  method: 'GET',
  path: '/api/v1/sign-in-methods',
  summary: 'How people can sign in here, beside the link',
  permission: 'open',
  returns: { 200: SignInMethods },
})

export const signInWithPassword = route({
  name: 'signInWithPassword',
  method: 'POST',
  path: '/api/v1/sessions',
  summary: 'Sign a browser in with name and password; sets the session cookie',
  permission: 'open',
  body: z.strictObject({ signInName: SignInName, password: PasswordText, code: Code.optional() }),
  raw: 'bytes',
  returns: { 201: SignedIn },
})

export const setPassword = route({
  name: 'setPassword',
  method: 'PUT',
  path: '/api/v1/password',
  summary: 'Set your own password; all your other sessions end',
  permission: 'view',
  body: z.strictObject({
    /** The present one, where there is one. */
    current: PasswordText.optional(),
    password: PasswordText,
    /** Under which name you will sign in, where you have none yet. */
    signInName: SignInName.optional(),
  }),
  returns: { 204: null },
})

export const createInvitation = route({
  name: 'createInvitation',
  method: 'POST',
  path: '/api/v1/invitations',
  summary: 'Make a link by which a person sets their password, once, within three days',
  permission: 'administer',
  body: z.strictObject({ actor: ActorId }),
  returns: { 201: z.object({ url: z.string(), expiresAt: Instant }) },
})

export const readInvitation = route({
  name: 'readInvitation',
  method: 'POST',
  path: '/api/v1/invitations/readings',
  summary: 'For whom an invitation is',
  permission: 'open',
  body: z.strictObject({ token: z.string().min(1).max(200) }),
  returns: { 200: z.object({ name: z.string(), signInName: z.string(), expiresAt: Instant }) },
})

export const acceptInvitation = route({
  name: 'acceptInvitation',
  method: 'POST',
  path: '/api/v1/invitations/acceptances',
  summary: 'Set the password of an invitation and sign the browser in',
  permission: 'open',
  body: z.strictObject({ token: z.string().min(1).max(200), password: PasswordText }),
  raw: 'bytes',
  returns: { 201: SignedIn },
})

export const beginSignOn = route({
  name: 'beginSignOn',
  method: 'GET',
  path: '/sign-in/oidc',
  summary: 'Begin to sign in with the organisation’s own sign-on',
  permission: 'open',
  raw: 'bytes',
  returns: { 303: null },
})

export const finishSignOn = route({
  name: 'finishSignOn',
  method: 'GET',
  path: '/sign-in/oidc/callback',
  summary: 'Come back from the organisation’s sign-on; sets the session cookie',
  permission: 'open',
  raw: 'bytes',
  returns: { 303: null },
})

export const SecondFactorStatus = z.object({
  /** pending: a secret was made, and no code of it was shown yet. */
  state: z.enum(['none', 'pending', 'active']),
  since: Instant.nullable(),
  recoveryCodesLeft: z.number().int(),
  /** Whether this installation asks for it when somebody approves. */
  demanded: z.boolean(),
  /** Whether there is a password. */
  password: z.boolean(),
})
export type SecondFactorStatus = z.infer<typeof SecondFactorStatus>

export const getSecondFactor = route({
  name: 'getSecondFactor',
  method: 'GET',
  path: '/api/v1/second-factor',
  summary: 'Whether you have an authenticator app here, and whether it is demanded',
  permission: 'view',
  returns: { 200: SecondFactorStatus },
})

export const beginSecondFactor = route({
  name: 'beginSecondFactor',
  method: 'POST',
  path: '/api/v1/second-factor',
  summary: 'Make a secret for your authenticator app; it is in this answer and nowhere else',
  permission: 'view',
  body: z.strictObject({
    /** Of the present app, where there is one. */
    code: Code.optional(),
  }),
  returns: { 201: z.object({ secret: z.string(), uri: z.string() }) },
})

export const confirmSecondFactor = route({
  name: 'confirmSecondFactor',
  method: 'POST',
  path: '/api/v1/second-factor/confirmations',
  summary: 'Put your authenticator app in force with its first code; gives recovery codes, this once',
  permission: 'view',
  body: z.strictObject({ code: Code }),
  returns: { 201: z.object({ recoveryCodes: z.array(z.string()) }) },
})

export const removeSecondFactor = route({
  name: 'removeSecondFactor',
  method: 'POST',
  path: '/api/v1/second-factor/removals',
  summary: 'Take your authenticator app away, with a code of it',
  permission: 'view',
  body: z.strictObject({ code: Code.optional() }),
  returns: { 204: null },
})

export const resetSecondFactor = route({
  name: 'resetSecondFactor',
  method: 'DELETE',
  path: '/api/v1/actors/:actor/second-factor',
  summary: 'Take the authenticator app of a person away who has lost it',
  permission: 'administer',
  params: z.object({ actor: ActorId }),
  returns: { 204: null },
})

export const confirmSession = route({
  name: 'confirmSession',
  method: 'POST',
  path: '/api/v1/session/confirmations',
  summary: 'Show a code of your authenticator app; approvals are taken in this session for a quarter of an hour',
  permission: 'view',
  body: z.strictObject({ code: Code }),
  returns: { 201: z.object({ until: Instant }) },
})
