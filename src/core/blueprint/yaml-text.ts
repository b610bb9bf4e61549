/** A value as the YAML that people would write: no line is folded, so that a change of one word is a change of one line. */
import { stringify } from 'yaml'

export const yamlText = (value: unknown): string => stringify(value, { lineWidth: 0 })
