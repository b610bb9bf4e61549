/** Stability of prompts; the only file of it that others import. */
export { stabilityHttp } from './http.ts'
export { LanguageTag, languageIn, languageKind, languageName, MARK, PARAPHRASE } from './kinds.ts'
export { digestOfInput, generatedIn, madeRow, standing } from './made.ts'
export { Perturbation } from './perturb.ts'
export { createStability, type MeasuredSuite } from './stability.ts'
export { originalsOf, perturbedName, stabilityFiles, stabilityName } from './suite.ts'
