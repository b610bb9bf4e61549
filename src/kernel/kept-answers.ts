/** Answers that take long, kept for whoever asks again: the last few, and one asking for all who ask meanwhile. */
export type KeptAnswers<Key, Value> = {
  get(key: Key, read: () => Promise<Value>): Promise<Value>
  forget(key: Key): void
}

/** Holds at most so many; the one that nobody asked for longest goes first. What failed is asked anew. */
export function createKeptAnswers<Key, Value>(most: number): KeptAnswers<Key, Value> {
  const kept = new Map<Key, Promise<Value>>()
  const forget = (key: Key) => void kept.delete(key)
  return {
    get(key, read) {
      const there = kept.get(key)
      const value = there ?? read()
      kept.delete(key)
      kept.set(key, value)
      if (there) return value
      value.catch(() => kept.get(key) === value && forget(key))
      for (const [oldest] of kept) if (kept.size > most) forget(oldest)
      return value
    },
    forget,
  }
}
