/** What the fields of mail mean; `fields.ts` says how names are chosen. */
export const MAIL_FIELDS: Readonly<Record<string, string>> = {
  'testMail.to': 'The e-mail address that gets the test.',
}
