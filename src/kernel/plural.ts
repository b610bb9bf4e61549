/** `1 field`, `2 fields`; `many` for words that end otherwise, and for verbs: `1 field is`, `2 fields are`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
