/** What the fields of signing keys mean; `fields.ts` says how names are chosen. */
export const EVIDENCE_FIELDS: Readonly<Record<string, string>> = {
  keyid: 'Digest of the public key, as envelopes name it: sha256:….',
  'rotateEvidenceKey.reason': 'Why, in at least ten characters; it stays on record.',
  'revokeEvidenceKey.reason': 'Why, in at least ten characters; it stays on record.',
  'revokeEvidenceKey.from': 'From when on it is not to be trusted; now when left out, and never ahead.',
}
