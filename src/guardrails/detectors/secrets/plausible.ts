/** Whether a value could be a secret at all: no placeholder, no reference, no word. */

const PLACEHOLDERS = [
  /^(?:<[^>]*>|\[[^\]]*\]|\{.*\}|\(.*\)|%\w+%|\$\w+|\$\(.*)$/,
  /\$\{|\{\{|%\(|\bprocess\.env|\bos\.environ|\bgetenv|\benv\(|\bsecrets?\./i,
  /^(?:your|my|the|some|change|replace|insert|enter|put|add)[-_ ]?(?:api|key|token|secret|pass|here|me|this)/i,
  /^(?:example|sample|dummy|fake|placeholder)/i,
  /^(?:x{3,}|\*{2,}|\.{3,}|•{2,}|-{3,}|_{3,}|0{4,}|redacted|hidden|masked|removed|none|null|nil|undefined|true|false|string|number|boolean|object|required|optional|missing|invalid|unknown|default|prompt|text|yes|no)$/i,
  /(?:x{6,}|\*{3,}|\.{3})/i,
  /^(?:\/|\.\/|~\/|[a-z]:\\|https?:\/\/(?![^/]*@))/i,
]

export const isPlaceholder = (value: string): boolean => PLACEHOLDERS.some((pattern) => pattern.test(value))

/** Long enough and mixed enough that nobody typed it as a word: keys and tokens, not `accessible` or `page-2`. */
export function looksRandom(value: string): boolean {
  if (value.length < 12) return false
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/].filter((kind) => kind.test(value)).length
  if (/\s/.test(value)) return value.length >= 32 && kinds === 4 && entropyOf(value) >= 4.5
  return /\d/.test(value) ? kinds >= 2 && entropyOf(value) >= 2.8 : kinds >= 3 && entropyOf(value) >= 3.5
}

/** Bits a character, by how often each occurs in the value itself (Shannon). */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>()
  for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0)
}
