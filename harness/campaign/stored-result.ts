// The result of records that were judged again: that of their campaign, or one made of the records alone.
import { availableParallelism, totalmem } from 'node:os'
import type { RunHeader } from '../record/header.ts'
import { sdkVersion, harnessVersion } from '../core/versions.ts'
import type { CampaignResult, RunResult, ScenarioResult } from '../result/campaign-result.ts'
import type { StoredCampaign } from '../result/stored-campaign.ts'
import { statsOf } from './result.ts'

interface Judged {
  readonly scenario: string
  readonly result: RunResult
}

/** The campaign asked for as many runs as it did, whatever was executed of them and judged now. */
export function rejudgedCampaign(stored: StoredCampaign, judged: readonly Judged[]): CampaignResult {
  const { campaign, gate } = stored
  const scenarios = stored.scenarios.map(({ name, promise, budgetMs, required }): ScenarioResult => {
    const runs = judged.filter(({ scenario }) => scenario === name).map(({ result }) => result)
    return { name, promise, budgetMs, required, runs, stats: statsOf(runs) }
  })
  return { schema: 2, campaign, scenarios, gate: gateOf(judged, gate) }
}

/** A campaign that asked for exactly these records. What only its `timing.json` would say is left open. */
export function loneCampaign(
  judged: readonly { readonly header: RunHeader; readonly result: RunResult }[],
): CampaignResult {
  const byScenario = [...Map.groupBy(judged, ({ header }) => header.scenario)]
  const scenarios = byScenario.flatMap(([name, records]): ScenarioResult[] => {
    const [first] = records
    if (first === undefined) return []
    const { promise, budgetMs } = first.header
    const runs = records.map(({ result }) => result)
    return [{ name, promise, budgetMs, required: runs.length, runs, stats: statsOf(runs) }]
  })
  const [first] = judged
  const asked = judged.map(({ header, result }) => ({ scenario: header.scenario, result }))
  return {
    schema: 2,
    campaign: {
      id: first?.header.campaign ?? '',
      startedAt: first?.header.startedAt ?? new Date().toISOString(),
      seed: first?.header.campaignSeed ?? 0,
      backend: first?.header.backend ?? '',
      profile: first?.header.profile.name ?? '',
      settings: {},
      versions: {
        harness: harnessVersion(),
        sdk: sdkVersion(),
        node: process.versions.node,
        server: null,
        postgres: null,
      },
      host: {
        cpus: availableParallelism(),
        memoryBytes: totalmem(),
        platform: `${process.platform}-${process.arch}`,
      },
    },
    scenarios,
    gate: gateOf(asked, { required: judged.length, skipped: [], stopped: null }),
  }
}

function gateOf(judged: readonly Judged[], asked: StoredCampaign['gate']): CampaignResult['gate'] {
  const { required, stopped } = asked
  const executed = judged.length
  const passed = judged.filter(({ result }) => result.verdict === 'pass').length
  const ok = stopped === null && required > 0 && executed === required && passed === required
  return { ...asked, executed, passed, ok }
}
