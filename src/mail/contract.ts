/** Routes of mail. */
import { z } from 'zod'
import { Organisation } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { Page, pageOf, route } from '../wire/route.ts'

export const MailId = idOf('eml')
export type MailId = z.infer<typeof MailId>

export const Mail = z.object({
  id: MailId,
  organisation: Organisation,
  /** What it tells, and to whom: told once. */
  key: z.string(),
  application: Name,
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: z.number().int(),
  /** What the server said last; null when it took the mail. */
  error: z.string().nullable(),
  at: Instant,
  nextAt: Instant,
  sentAt: Instant.nullable(),
})
export type Mail = z.infer<typeof Mail>

export const MailStanding = z.object({ isSet: z.boolean(), from: z.string().nullable() })
export type MailStanding = z.infer<typeof MailStanding>

export const ListedMail = Mail.omit({ text: true, organisation: true, key: true })

export const listMails = route({
  name: 'listMails',
  method: 'GET',
  path: '/api/v1/mails',
  summary: 'List mails to people, newest first, with what the server said; without their texts',
  permission: 'operate',
  query: Page.extend({ cursor: MailId.optional() }),
  returns: { 200: pageOf(ListedMail).extend(MailStanding.shape) },
})

export const testMail = route({
  name: 'testMail',
  method: 'POST',
  path: '/api/v1/mails/tests',
  summary: 'Send a mail at once, to see whether the server takes it',
  permission: 'administer',
  body: z.strictObject({ to: z.email('use an e-mail address') }),
  returns: { 200: z.object({ to: z.string(), at: Instant }) },
})

export const sendMails = route({
  name: 'sendMails',
  method: 'POST',
  path: '/api/v1/mails/rounds',
  summary: 'Look at once for what people should be told, and send what is due',
  permission: 'operate',
  returns: { 200: z.object({ sent: z.number().int(), failed: z.number().int() }) },
})
