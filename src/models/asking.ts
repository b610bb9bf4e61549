/** The one way to ask any model, over whoever says which provider answers for it. */
import type { Answered, ModelProvider } from './answered.ts'
import type { Completion, CompletionDelta, CompletionRequest } from './completion.ts'

/** Who answers for a `provider/model`, and its name there. Throws the one clear sentence for one that cannot. */
export type FindProvider = (model: string) => { readonly provider: ModelProvider; readonly rest: string }

export const createAsking = (find: FindProvider, priced: (answered: Answered) => Completion) => ({
  async complete(request: CompletionRequest): Promise<Completion> {
    const { provider, rest } = find(request.model)
    return priced(await provider.complete({ ...request, rest }))
  },
  async *stream(request: CompletionRequest): AsyncGenerator<CompletionDelta> {
    const { provider, rest } = find(request.model)
    for await (const delta of provider.stream({ ...request, rest }))
      yield delta.kind === 'text' ? delta : { kind: 'end', completion: priced(delta.answered) }
  },
})
