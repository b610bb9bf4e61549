/** Which family a model is of, by its name: a judge favours what its own family wrote. */

/** Names under which models of one family go. */
const FAMILIES: readonly (readonly [string, RegExp])[] = [
  ['gpt', /\bgpt|\bo[134]\b|chatgpt|davinci/],
  ['claude', /claude/],
  ['gemini', /gemini|gemma|palm/],
  ['llama', /llama|vicuna|alpaca/],
  ['mistral', /mistral|mixtral|ministral|codestral/],
  ['qwen', /qwen|qwq/],
  ['deepseek', /deepseek/],
  ['command', /command-/],
  ['nova', /nova-/],
  ['phi', /\bphi-/],
]

/** A name for the family: a known one, else all of the model's name, which is its own family. */
export function familyOf(model: string): string {
  const name = model.toLowerCase()
  return FAMILIES.find(([, pattern]) => pattern.test(name))?.[0] ?? name
}
