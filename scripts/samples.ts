// The samples of output in README.md, printed by the same code as for a user.
import { describeRun } from '../harness/report/console/progress.ts'
import { describeCampaign } from '../harness/cli/plan-text.ts'
import { planCampaign } from '../harness/campaign/plan.ts'
import { readConfig } from '../harness/config/config.ts'
import { notCheckedLine } from '../harness/report/check-summary.ts'
import { proof, totals } from '../harness/report/console/campaign-end.ts'
import { besidesTable, resourcesLine } from '../harness/report/console/secondary-metrics.ts'
import { summaryTable } from '../harness/report/console/summary-table.ts'
import { failureBlock } from '../harness/report/console/failures.ts'
import { plain } from '../harness/report/console/paint.ts'
import { loadScenarios, selectScenarios } from '../harness/scenario/load.ts'
import { firstEnded, gateCampaign, slowCampaign } from '../test/support/readme-campaigns.ts'

function fenced(text: string): string {
  return ['```', text, '```'].join('\n')
}

/**
 * The output of `pnpm chaos` for a passed gate without a container engine. @param folder the folder of the
 * scenarios
 */
export async function gateSample(folder: string): Promise<string> {
  const { campaign } = gateCampaign
  const { server, postgres } = campaign.versions
  const config = readConfig({}, {})
  const scenarios = selectScenarios(
    (await loadScenarios(folder)).map(({ scenario }) => scenario),
    [],
    'gate',
    'process',
  )
  const beginning = [
    'backend process: there is no container engine',
    describeCampaign(planCampaign(scenarios, config, campaign.seed, 'process'), 'gate', config),
    `cluster: Temporal ${server ?? '?'} on PostgreSQL ${postgres ?? '?'}, backend ${campaign.backend}`,
    ...firstEnded.map(([scenario, run]) => describeRun(scenario, run, plain)),
    '…',
  ].join('\n')
  const end = [
    summaryTable(gateCampaign),
    notCheckedLine(gateCampaign),
    proof(gateCampaign),
    `reports: reports/${campaign.id}  seed: ${campaign.seed}`,
    totals(gateCampaign),
  ]
  return fenced([beginning, ...end].join('\n\n'))
}

/** The figures besides recovery: how long clients waited, and the use of the machine. */
export function figuresSample(): string {
  return fenced([besidesTable(gateCampaign), resourcesLine(gateCampaign)].join('\n\n'))
}

/** The output for a run that was too slow. */
export function failureSample(): string {
  return fenced(failureBlock(slowCampaign, `reports/${slowCampaign.campaign.id}`))
}
