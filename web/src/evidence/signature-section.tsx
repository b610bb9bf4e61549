/** The signature of a piece of evidence, to be checked where it is read. */
import { useQuery } from '@tanstack/react-query'
import type { SignedEvidence } from '../../../sdk/index.ts'
import { evidenceKeys } from '../data/queries.ts'
import { CopyButton, Digest } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { Trouble } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { type Verified, verifySignature } from './verify-signature.ts'

export function SignatureSection({ evidence: found }: { evidence: SignedEvidence }) {
  const keys = useQuery(evidenceKeys)
  const check = useQuery({
    queryKey: ['signature', found.id],
    queryFn: () => verifySignature(found, keys.data?.items ?? []),
    enabled: false,
  })
  return (
    <Section
      title={say('signature-section.signature')}
      note={<Term of="digest">{say('signature-section.in-toto-statement-in-a-dsse-envelope')}</Term>}
      actions={
        <>
          {check.data && (
            <span aria-live="polite" className="flex items-center gap-1.5">
              <Said verified={check.data} />
            </span>
          )}
          <Button busy={check.isFetching} disabled={!keys.data} onClick={() => void check.refetch()}>
            {say('signature-section.check-the-signature')}
          </Button>
        </>
      }
    >
      {keys.error && <Trouble failure={keys.error} />}
      <Facts
        items={[
          [say('signature-section.statement'), <Digest key="d" value={found.statement} />],
          ...found.envelope.signatures.map(
            ({ keyid }) => [say('signature-section.signed-with-key'), <Digest key={keyid} value={keyid} />] as const,
          ),
          [
            say('signature-section.envelope'),
            <span key="e" className="inline-flex items-center">
              {found.envelope.payloadType}{' '}
              <CopyButton text={JSON.stringify(found.envelope)} what={say('signature-section.envelope')} />
            </span>,
          ],
        ]}
      />
      <details className="mt-2">
        <summary className="rounded text-muted">{say('signature-section.the-statement-as-it-was-signed')}</summary>
        <CodeBlock>{statementOf(found)}</CodeBlock>
      </details>
    </Section>
  )
}

function Said({ verified }: { verified: Verified }) {
  if (verified.kind === 'valid')
    return (
      <>
        <VerdictMark verdict="PASS" title="" /> {say('signature-section.checked-in-this-browser-every-field-is')}
      </>
    )
  return (
    <>
      <VerdictMark verdict={verified.kind === 'broken' ? 'FAIL' : 'INCONCLUSIVE'} title="" /> {verified.why}
    </>
  )
}

const statementOf = ({ envelope }: SignedEvidence): string =>
  JSON.stringify(
    JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(envelope.payload), (one) => one.charCodeAt(0)))),
    null,
    2,
  )
