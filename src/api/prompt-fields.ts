/** What the fields of prompts mean; `fields.ts` spreads them. */
export const PROMPT_FIELDS: Readonly<Record<string, string>> = {
  values: 'What fills the placeholders, by name, for example {question: "…"}.',
  partials: 'Partials by name, in place of those of the stored blueprint.',
  'comparePromptVersions.from': 'Number of the version to begin with.',
  'comparePromptVersions.to': 'Number of the version to compare with it.',
  'movePromptLabel.number': 'Number of the version.',
  'renderPrompt.text': 'The text of a .prompt file: front matter, then the template.',
}
