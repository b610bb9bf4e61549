/** HTTP of languages. */
import type { Caller } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { getLanguage, setLanguage } from './contract.ts'
import type { Asking, Languages } from './languages.ts'

export const languagesHttp = (languages: Languages): Mounted[] => [
  handle(getLanguage, async ({ caller, request }) => reply(200, languages.spoken(askingOf(caller, request)))),
  handle(setLanguage, async ({ caller, request, body: { language } }) =>
    reply(200, await languages.choose(language, { ...askingOf(caller, request), actor: caller.actor })),
  ),
]

/** The same doors, which say what packs say in the language of whoever asks. */
export const spokenDoors = (
  languages: Languages,
  { mounted, said }: { mounted: readonly Mounted[]; said: ReadonlySet<string> },
): Mounted[] =>
  mounted.map(({ route, handler }) =>
    said.has(route.name)
      ? {
          route,
          handler: async (ask) => {
            const answer = await handler(ask)
            if (!('body' in answer) || answer instanceof Response) return answer
            return { ...answer, body: languages.say(answer.body, askingOf(ask.caller, ask.request)) }
          },
        }
      : { route, handler },
  )

const askingOf = (caller: Caller | undefined, request: Request): Asking => ({
  actor: caller?.actor,
  accepted: request.headers.get('accept-language') ?? undefined,
})
