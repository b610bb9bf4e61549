/** Handlers of the routes of mail. A key of one application sees none: mails are the installation's. */
import { Failure } from '../kernel/failure.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { listMails, sendMails, testMail } from './contract.ts'
import type { Mailing } from './mail.ts'

export const mailHttp = (mail: Mailing): Mounted[] => [
  handle(listMails, async ({ query, caller }) => {
    demandUnbound(caller.application)
    const { items, next } = await mail.list(query)
    const shown = items.map(({ text: _, organisation: __, key: ___, ...rest }) => rest)
    return reply(200, { items: shown, next, ...mail.standing() })
  }),
  handle(sendMails, async ({ caller }) => {
    demandUnbound(caller.application)
    return reply(200, await mail.look())
  }),
  handle(testMail, async ({ body, caller }) => {
    demandUnbound(caller.application)
    return reply(200, await mail.test({ to: body.to, by: caller.actor }))
  }),
]

function demandUnbound(application: string | null): void {
  if (application === null) return
  throw new Failure('forbidden', 'access.other-application', `This key is bound to the application ${application}.`)
}
