/** Letters a to z and digits, lower-cased; nothing else. For comparing with published figures. */
export const plainTerms = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? []
