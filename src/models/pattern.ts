/** Names with `*` for anything, whatever their case: `LicenseRef-llama*` is a family of licences. */
export const matches = (pattern: string, text: string): boolean => {
  const parts = pattern.toLowerCase().split('*')
  if (parts.length === 1) return parts[0] === text.toLowerCase()
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('.*')}$`).test(text.toLowerCase())
}
