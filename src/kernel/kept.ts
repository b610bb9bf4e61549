/** Keeps what a pure function made for a key, so that it is made once. */

/** @param most keys; beyond them the one that was made first is forgotten */
export function createKept<Value>(most: number): (key: string, make: () => Value) => Value {
  const values = new Map<string, Value>()
  return (key, make) => {
    const known = values.get(key)
    if (known !== undefined || values.has(key)) return known as Value
    const made = make()
    values.set(key, made)
    if (values.size > most) values.delete(values.keys().next().value ?? key)
    return made
  }
}
