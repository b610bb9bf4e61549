/** Lists that come in pages, as one iterator. */
import type { CallOptions } from './client.ts'

type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null }
type Asked = { query?: object | undefined }

/**
 * Every item of a list, page by page as they are needed:
 * `for await (const trace of all(client.listTraces, { query: { application: 'support' } })) …`
 */
export async function* all<Input extends Asked, Item>(
  list: (input: Input, options?: CallOptions) => Promise<Page<Item>>,
  // A list without parameters may be asked for with nothing.
  input: Input = {} as Input,
  options?: CallOptions,
): AsyncGenerator<Item, void, undefined> {
  for (let cursor: string | undefined; ; ) {
    const query = { ...input.query, ...(cursor !== undefined && { cursor }) }
    const { items, next } = await list({ ...input, query }, options)
    yield* items
    if (next === null) return
    cursor = next
  }
}
