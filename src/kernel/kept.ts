/** What is made for a key, kept for whoever asks again. */

export type Kept<Key, Value> = {
  get(key: Key, make: () => Value): Value
  forget(key: Key): void
}
export type KeptAnswers<Key, Value> = Kept<Key, Promise<Value>>

/** @param most keys; beyond them the one that nobody asked for longest is forgotten */
export function createKept<Key, Value>(most: number): Kept<Key, Value> {
  const values = new Map<Key, Value>()
  return {
    get(key, make) {
      const value = values.has(key) ? (values.get(key) as Value) : make()
      values.delete(key)
      values.set(key, value)
      for (const [oldest] of values) if (values.size > most) values.delete(oldest)
      return value
    },
    forget: (key) => void values.delete(key),
  }
}

/** One asking for all who ask meanwhile; what failed is asked anew. */
export function createKeptAnswers<Key, Value>(most: number): KeptAnswers<Key, Value> {
  const kept = createKept<Key, Promise<Value>>(most)
  return {
    get: (key, read) =>
      kept.get(key, () => {
        const value = read()
        // Forgotten before anybody can ask again for what failed.
        value.catch(() => kept.forget(key))
        return value
      }),
    forget: kept.forget,
  }
}
