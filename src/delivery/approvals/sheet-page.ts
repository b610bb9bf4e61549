/** The decision sheet as a page that prints on one sheet of paper. */
import { html, type Markup, page } from '../../kernel/html.ts'
import type { DecisionSheet } from './contract.ts'

export function sheetPage(sheet: DecisionSheet): string {
  const { approval, releaseNumber, binds, current, openWaivers, responsible, economics, dissent, trust } = sheet
  const { application, into, signatures, missing } = approval
  return page(
    `${application} r${releaseNumber} into ${into}`,
    html`<h1>${application} r${releaseNumber} into ${into}</h1>
<p class="quiet">Decision sheet of ${approval.id}, ${approval.state}. Tier ${approval.tier}.
${approval.solo ? html`<span class="mark">not independent</span>` : ''}
${current ? '' : html`<span class="mark">outdated: the gate has changed since it was asked for</span>`}</p>
${approval.note === '' ? '' : html`<p>${approval.note}</p>`}
<h2>What a signature binds</h2>
<ul>${binds.map((sentence) => html`<li>${sentence}</li>`)}</ul>
<p class="digest">release ${approval.releaseDigest}<br>verdicts ${approval.verdicts}</p>
<p>Answers: ${trust.measured ?? 0} measured, ${trust.imported ?? 0} imported, ${trust.attested ?? 0} attested.</p>
<h2>Open waivers (${openWaivers.length})</h2>
${
  openWaivers.length === 0
    ? html`<p>None.</p>`
    : html`<table><tr><th>check</th><th>why</th><th>risk that stays</th><th>until</th></tr>${openWaivers.map(
        (one) =>
          html`<tr><td>${one.check}</td><td>${one.reason}</td><td>${one.residualRisk}</td><td>${one.until.slice(0, 10)}</td></tr>`,
      )}</table>`
}
<div class="beside">
<div><h2>Responsible use</h2>${lines(responsible)}</div>
<div><h2>Economics</h2>${lines(economics.findings)}
<p>${economics.month}: $${dollars(economics.spentMicroUsd)} spent of ${economics.capMicroUsd === null ? 'no cap' : `$${dollars(economics.capMicroUsd)}`}. Measuring this release has cost $${dollars(economics.evidenceMicroUsd)}.</p></div>
</div>
<h2>What speaks against it</h2>
<table>${dissent.map(
      ({ pillar, views, noneSought }) =>
        html`<tr><th>${pillar}</th><td>${noneSought ? html`<span class="quiet">none sought</span>` : views.map((one) => html`<p>“${one.view}” (${one.name})</p>`)}</td></tr>`,
    )}</table>
<h2>Signatures</h2>
<table>${signatures.map(
      (one) =>
        html`<tr><td>${one.decision === 'approve' ? 'approved' : 'refused'}</td><td>${one.name}, ${one.duties.join(', ')}${one.onBehalfOf === null ? '' : ` for ${one.onBehalfOf}`}${one.independent ? '' : html` <span class="mark">not independent</span>`}</td><td>“${one.reason}”</td><td>${one.at}</td></tr>`,
    )}${missing.map((line) => html`<tr><td>missing</td><td>${line.join(' or ')}</td><td></td><td></td></tr>`)}${approval.lacksOutsider ? html`<tr><td>missing</td><td>somebody outside the team</td><td></td><td></td></tr>` : ''}</table>`,
  )
}

const lines = (findings: DecisionSheet['responsible']): Markup =>
  findings.length === 0
    ? html`<p class="quiet">The gate asks nothing here.</p>`
    : html`<table>${findings.map(
        ({ title, verdict, why }) =>
          html`<tr><td>${verdict}</td><td>${title}<br><span class="quiet">${why.join(' ')}</span></td></tr>`,
      )}</table>`

const dollars = (microUsd: string): string => (Number(microUsd) / 1_000_000).toFixed(2)
