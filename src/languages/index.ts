/** The public surface of languages. */
export { languagesHttp, spokenDoors } from './http.ts'
export { createLanguages, type Languages } from './languages.ts'
export { PackTranslation, TRANSLATED_PACKS, textsOf, translationOf } from './pack-texts.ts'
