/** Secrets that are known by their shape alone: what an issuer prints, key files, and hashes of passwords. */

/** What every one of the shapes has somewhere; most text has none of it, and one look is cheaper than twenty. */
export const ANY_SHAPE =
  /AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox|hooks\.slack|sk-|hf_|gsk_|r8_|AIza|GOCSPX|ya29|[sr]k_|whsec_|SG\.|npm_|pypi-|do[opr]_v1|Account|SharedAccess|awk_|eyJ|\$|:\/\/|-----BEGIN|Private-Lines/

/** The group `found` is the secret; without it the whole match is. */
export const TOKEN_SHAPES: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  {
    kind: 'private-key',
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]{0,20000}-----END [A-Z0-9 ]{0,40}-----)?/dg,
  },
  { kind: 'private-key', pattern: /^Private-Lines: \d{1,4}$(?:\n[A-Za-z0-9+/=]{1,80}$){1,200}/dgm },
  { kind: 'aws-key-id', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/dg },
  { kind: 'github-token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})\b/dg },
  { kind: 'gitlab-token', pattern: /\bglpat-[\w-]{20,64}/dg },
  { kind: 'slack-token', pattern: /\bxox[abeoprs]-[\w-]{10,255}/dg },
  { kind: 'slack-webhook', pattern: /\bhooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{16,}/dg },
  { kind: 'model-provider-key', pattern: /\bsk-(?:ant-|proj-|svcacct-|or-v1-)?[A-Za-z0-9_-]{20,255}/dg },
  {
    kind: 'model-provider-key',
    pattern: /\b(?:hf_[A-Za-z0-9]{30,60}|gsk_[A-Za-z0-9]{40,60}|r8_[A-Za-z0-9]{30,50})\b/dg,
  },
  { kind: 'google-key', pattern: /\b(?:AIza[\w-]{35}|GOCSPX-[\w-]{20,40}|ya29\.[\w-]{20,500})/dg },
  { kind: 'stripe-key', pattern: /\b(?:sk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{24,255}\b/dg },
  { kind: 'sendgrid-key', pattern: /\bSG\.[\w-]{16,32}\.[\w-]{32,64}/dg },
  { kind: 'package-token', pattern: /\b(?:npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,500})/dg },
  { kind: 'digitalocean-token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/dg },
  { kind: 'azure-key', pattern: /\b(?:AccountKey|SharedAccessKey)=(?<found>[A-Za-z0-9+/]{40,100}={0,2})/dg },
  { kind: 'airworthy-key', pattern: /\bawk_[A-Za-z0-9]{40}\b/dg },
  { kind: 'web-token', pattern: /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,1000}/dg },
  {
    kind: 'password-hash',
    pattern: /\$(?:2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|(?:1|5|6|apr1)\$[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{22,86})/dg,
  },
  {
    kind: 'url-password',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:"'<>]{0,64}:(?<found>[^\s/"'<>]{3,128})@[\w.-]+/dgi,
  },
]
