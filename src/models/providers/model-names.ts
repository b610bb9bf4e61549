/** The names in a provider's list of its models, whichever way it writes one. */

type Entry = Readonly<Record<string, unknown>>

/** `{data: [{id}]}` of OpenAI and most, a bare list of it, `{models: [{name}]}` of Google and Cohere, and the others'. */
export function namesInList(body: unknown): string[] {
  const { data, models, publisherModels, modelSummaries } = (body ?? {}) as Entry
  const list = [body, data, models, publisherModels, modelSummaries].find(Array.isArray) ?? []
  return (list as unknown[]).flatMap((one) => {
    const { id, name, modelId } = (one ?? {}) as Entry
    const found = [id, modelId, name].find((value) => typeof value === 'string' && value !== '')
    // Google writes where the model stands before its name.
    return typeof found === 'string' ? [found.replace(/^(?:publishers\/google\/)?models\//, '')] : []
  })
}
