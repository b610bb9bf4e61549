/** Whether a provider's name for a model is one that a price is meant for. */
import type { NameRule } from './price-book-file.ts'

/** @param name in lower case */
export function isNamed(rule: NameRule, name: string): boolean {
  if ('equals' in rule) return name === rule.equals.toLowerCase()
  if ('starts' in rule) return name.startsWith(rule.starts.toLowerCase())
  if ('ends' in rule) return name.endsWith(rule.ends.toLowerCase())
  if ('contains' in rule) return name.includes(rule.contains.toLowerCase())
  if ('digits' in rule) return hasDigits(rule.digits.toLowerCase(), name)
  return 'any' in rule ? rule.any.some((one) => isNamed(one, name)) : rule.all.every((one) => isNamed(one, name))
}

const hasDigits = (pattern: string, name: string): boolean =>
  pattern.length === name.length &&
  [...pattern].every((letter, i) => (letter === '#' ? /\d/.test(name[i] ?? '') : letter === name[i]))
