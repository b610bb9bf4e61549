/** The commands. `airworthy up` is started by `bin/airworthy.js` itself. */
import { Command } from 'commander'
import { addAdvisorCommands } from './commands/advisor.ts'
import { addAlertCommands } from './commands/alerts.ts'
import { addApprovalCommands } from './commands/approvals.ts'
import { addAttackCommands } from './commands/attack.ts'
import { addAuditCommands } from './commands/audit.ts'
import { addBackupCommands } from './commands/backup.ts'
import { addBlueprintCommands } from './commands/blueprint.ts'
import { addCacheCommand } from './commands/cache.ts'
import { addCallCommands } from './commands/call.ts'
import { addChallengeCommands } from './commands/challenges.ts'
import { addClassesCommand } from './commands/classes.ts'
import { addCompletionCommands } from './commands/completion.ts'
import { addConvertCommands } from './commands/convert.ts'
import { addCorpusCommand } from './commands/corpus.ts'
import { addCostCommands } from './commands/cost.ts'
import { addCoverageCommand } from './commands/coverage.ts'
import { addDatasetCommands } from './commands/datasets.ts'
import { addDecisionCommands } from './commands/decisions.ts'
import { addDiffCommand } from './commands/diff.ts'
import { addDossierCommands } from './commands/dossier.ts'
import { addDrillCommands } from './commands/drill.ts'
import { addEvaluateCommands } from './commands/evaluate.ts'
import { addEvidenceKeyCommands } from './commands/evidence-keys.ts'
import { addExampleCommands } from './commands/example.ts'
import { addFiguresCommand } from './commands/figures.ts'
import { addFindingCommands } from './commands/findings.ts'
import { addGateCommands } from './commands/gate.ts'
import { addGuardrailCommands } from './commands/guardrails.ts'
import { addHarmCommands } from './commands/harm.ts'
import { addIdeaCommands } from './commands/ideas.ts'
import { addIncidentCommands } from './commands/incidents.ts'
import { addInitCommand } from './commands/init.ts'
import { addInstallationCommands } from './commands/installation.ts'
import { addJudgeCommands } from './commands/judges.ts'
import { addKeyCommands } from './commands/keys.ts'
import { addKnowledgeQualityCommand } from './commands/knowledge-quality.ts'
import { addKpiCommands } from './commands/kpis.ts'
import { addLawCommands } from './commands/law.ts'
import { addLoadCommands } from './commands/load.ts'
import { addMailCommands } from './commands/mail.ts'
import { addMitigationCommands } from './commands/mitigations.ts'
import { addModelCommands } from './commands/models.ts'
import { addOutsideRunCommands } from './commands/outside-runs.ts'
import { addOversightCommands } from './commands/oversight.ts'
import { addPaperCommands } from './commands/papers.ts'
import { addPatternsCommand } from './commands/patterns.ts'
import { addPeopleCommands } from './commands/people.ts'
import { addPlanningCommands } from './commands/planning.ts'
import { addPolicyCommands } from './commands/policies.ts'
import { addPriceCommands } from './commands/prices.ts'
import { addPrivacyCommands } from './commands/privacy.ts'
import { addPromptCommands } from './commands/prompts.ts'
import { addQuotaCommands } from './commands/quotas.ts'
import { addReportCommands } from './commands/reports.ts'
import { addRolloutCommands } from './commands/rollout.ts'
import { addStandInsCommand } from './commands/stand-ins.ts'
import { addStudyCommands } from './commands/studies.ts'
import { addSwapCommand } from './commands/swap.ts'
import { addSwitchCommands } from './commands/switch.ts'
import { addTestPageCommands } from './commands/test-pages.ts'
import { addTrainingCommands } from './commands/training.ts'
import { addTrialCommands } from './commands/trials.ts'
import { addUpkeepCommands } from './commands/upkeep.ts'
import { addVerdictCommands } from './commands/verdict.ts'
import { addWaiverCommands } from './commands/waivers.ts'
import { addWayOfWorkingCommands } from './commands/way-of-working.ts'
import { addWebhookCommands } from './commands/webhooks.ts'
import { addWorkspaceCommands } from './commands/workspaces.ts'
import { branchesOf } from './completion/tree.ts'
import { EXIT } from './exit-code.ts'

const program = new Command('airworthy')
  .description('The path to production for generative AI: freeze, measure, judge, roll out.')
  .option('--json', 'print the result as JSON')
  .showHelpAfterError('(`airworthy --help` lists the commands, `airworthy <command> --help` explains one)')
  .exitOverride((stop) => {
    process.exit(stop.exitCode === 0 ? EXIT.ok : EXIT.usage)
  })
  .addHelpText(
    'after',
    `
A first walk:
  airworthy init support-assistant my-shop
  airworthy freeze my-shop
  airworthy run my-shop "How long do I have to return something?"
  airworthy gate poc --application my-shop --run

Exit codes: 0 open or passed · 1 a FAIL or a refused act · 2 usage · 3 held by what is missing, or undecided · 4 could not run`,
  )

addInstallationCommands(program)
addInitCommand(program)
addBlueprintCommands(program)
addEvaluateCommands(program)
addConvertCommands(program)
addGateCommands(program)
addWaiverCommands(program)
addChallengeCommands(program)
addDecisionCommands(program)
addDiffCommand(program)
addReportCommands(program)
addApprovalCommands(program)
addDossierCommands(program)
addVerdictCommands(program)
addEvidenceKeyCommands(program)
addFindingCommands(program)
addOversightCommands(program)
addAlertCommands(program)
addWayOfWorkingCommands(program)
addIncidentCommands(program)
addRolloutCommands(program)
addDrillCommands(program)
addLoadCommands(program)
addAttackCommands(program)
addHarmCommands(program)
addJudgeCommands(program)
addKnowledgeQualityCommand(program)
addStudyCommands(program)
addOutsideRunCommands(program)
addSwapCommand(program)
addStandInsCommand(program)
addCacheCommand(program)
addKeyCommands(program)
addModelCommands(program)
addPriceCommands(program)
addQuotaCommands(program)
addPromptCommands(program)
addCorpusCommand(program)
addClassesCommand(program)
addCoverageCommand(program)
addPatternsCommand(program)
addFiguresCommand(program)
addCostCommands(program)
addPeopleCommands(program)
addTrainingCommands(program)
addTestPageCommands(program)
addWorkspaceCommands(program)
addTrialCommands(program)
addUpkeepCommands(program)
addMitigationCommands(program)
addSwitchCommands(program)
addGuardrailCommands(program)
addAuditCommands(program)
addExampleCommands(program)
addBackupCommands(program)
addDatasetCommands(program)
addWebhookCommands(program)
addMailCommands(program)
addPrivacyCommands(program)
addIdeaCommands(program)
addPlanningCommands(program)
addKpiCommands(program)
addAdvisorCommands(program)
addLawCommands(program)
addPaperCommands(program)
addPolicyCommands(program)
addCallCommands(program)
addCompletionCommands(program)

// Who reads has seen enough, as `head` does: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok)
  throw error
})

if (process.argv.slice(2).join(' ') === 'help --json') {
  const [, ...branches] = branchesOf(program)
  const commands = branches.map(({ path, options, values }) => ({
    name: path,
    options: options.map(({ flag }) => flag),
    values,
  }))
  process.stdout.write(`${JSON.stringify({ commands })}\n`)
} else await program.parseAsync()
