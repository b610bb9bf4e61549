/** All commands, and how one is run. `airworthy up` is started by `bin/airworthy.js` itself. */
import { Command, CommanderError } from 'commander'
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

/**
 * Runs the command that the words are to its end: what it says goes to the streams of the process, and how it ended is
 * the exit code that the process has then.
 */
export async function runCommand(words: readonly string[]): Promise<void> {
  const program = createProgram()
  if (words.join(' ') === 'help --json') {
    const [, ...branches] = branchesOf(program)
    const commands = branches.map(({ path, options, values }) => ({
      name: path,
      options: options.map(({ flag }) => flag),
      values,
    }))
    process.stdout.write(`${JSON.stringify({ commands })}\n`)
    return
  }
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (thrown) {
    // Help that was asked for, or words that are no command; it has been said.
    if (!(thrown instanceof CommanderError)) throw thrown
    process.exitCode = thrown.exitCode === 0 ? EXIT.ok : EXIT.usage
  }
}

function createProgram(): Command {
  const program = new Command('airworthy')
    .description('The path to production for generative AI: freeze, measure, judge, roll out.')
    .option('--json', 'print the result as JSON')
    .showHelpAfterError('(`airworthy --help` lists the commands, `airworthy <command> --help` explains one)')
    .exitOverride()
    .addHelpText('after', FIRST_WALK)
  for (const add of COMMANDS) add(program)
  return program
}

const FIRST_WALK = `
A first walk:
  airworthy init support-assistant my-shop
  airworthy freeze my-shop
  airworthy run my-shop "How long do I have to return something?"
  airworthy gate poc --application my-shop --run

Exit codes: 0 open or passed · 1 a FAIL or a refused act · 2 usage · 3 held by what is missing, or undecided · 4 could not run`

/** In the order of the help. */
const COMMANDS: readonly ((program: Command) => void)[] = [
  addInstallationCommands,
  addInitCommand,
  addBlueprintCommands,
  addEvaluateCommands,
  addConvertCommands,
  addGateCommands,
  addWaiverCommands,
  addChallengeCommands,
  addDecisionCommands,
  addDiffCommand,
  addReportCommands,
  addApprovalCommands,
  addDossierCommands,
  addVerdictCommands,
  addEvidenceKeyCommands,
  addFindingCommands,
  addOversightCommands,
  addAlertCommands,
  addWayOfWorkingCommands,
  addIncidentCommands,
  addRolloutCommands,
  addDrillCommands,
  addLoadCommands,
  addAttackCommands,
  addHarmCommands,
  addJudgeCommands,
  addKnowledgeQualityCommand,
  addStudyCommands,
  addOutsideRunCommands,
  addSwapCommand,
  addStandInsCommand,
  addCacheCommand,
  addKeyCommands,
  addModelCommands,
  addPriceCommands,
  addQuotaCommands,
  addPromptCommands,
  addCorpusCommand,
  addClassesCommand,
  addCoverageCommand,
  addPatternsCommand,
  addFiguresCommand,
  addCostCommands,
  addPeopleCommands,
  addTrainingCommands,
  addTestPageCommands,
  addWorkspaceCommands,
  addTrialCommands,
  addUpkeepCommands,
  addMitigationCommands,
  addSwitchCommands,
  addGuardrailCommands,
  addAuditCommands,
  addExampleCommands,
  addBackupCommands,
  addDatasetCommands,
  addWebhookCommands,
  addMailCommands,
  addPrivacyCommands,
  addIdeaCommands,
  addPlanningCommands,
  addKpiCommands,
  addAdvisorCommands,
  addLawCommands,
  addPaperCommands,
  addPolicyCommands,
  addCallCommands,
  addCompletionCommands,
]
