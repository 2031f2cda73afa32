// Runs controls as one campaign, each once, and compares every verdict with the expected one. Those that a
// starved machine excused are run a second time.
import path from 'node:path'
import { runCampaign, type CampaignOptions, type CampaignOutcome } from '../campaign/campaign.ts'
import { planCampaign, type CampaignPlan } from '../campaign/plan.ts'
import type { Config } from '../config/config.ts'
import type { BackendName } from '../config/backends.ts'
import { assets } from '../core/assets.ts'
import { controlResult, wasExcused, type ControlResult } from './caught.ts'
import type { Control } from './control.ts'
import { damagedResult } from './damaged-result.ts'

/** @throws UsageError `CHAOS_NOTHING_SELECTED` if the backend can run none of them */
export function planControls(
  controls: readonly Control[],
  config: Pick<Config, 'seed'>,
  seed: number,
  backend: BackendName,
): CampaignPlan {
  // Controls that damage a record share one run.
  const scenarios = [...new Set(controls.map(({ scenario }) => scenario))]
  return planCampaign(scenarios, { ...config, runs: 1, run: undefined, budget: undefined }, seed, backend)
}

export interface RunControlsOptions extends Omit<CampaignOptions, 'onEvent' | 'overrides'> {
  readonly controls: readonly Control[]
  /** Called after each control, and once more if it is run again. */
  readonly onResult: (result: ControlResult) => void
  /** Called before so many controls are run again. */
  readonly onAgain: (count: number) => void
}

export interface ControlsOutcome extends CampaignOutcome {
  /** In the order in which the controls were given; those that did not run are missing. */
  readonly results: readonly ControlResult[]
}

/** Whatever stops it early is in its outcome; never throws. */
export async function runControls(options: RunControlsOptions): Promise<ControlsOutcome> {
  const { plan, id, folder, onAgain } = options
  const first = await runOnce(options)
  const controls = first.results.filter(wasExcused).map(({ control }) => control)
  if (first.stopped !== null || controls.length === 0) return first
  onAgain(controls.length)
  const scenarios = new Set(controls.map(({ scenario }) => scenario))
  const second = await runOnce({
    ...options,
    controls,
    plan: { ...plan, runs: plan.runs.filter(({ scenario }) => scenarios.has(scenario)) },
    id: `${id}-${again}`,
    folder: path.join(folder, again),
  })
  const results = new Map(
    second.results.map(({ run, ...result }) => [
      result.control,
      { ...result, run: { ...run, folder: path.join(again, run.folder) } },
    ]),
  )
  return {
    ...first,
    stopped: second.stopped,
    results: first.results.map((result) => results.get(result.control) ?? result),
  }
}

const again = 'again'

async function runOnce(options: RunControlsOptions): Promise<ControlsOutcome> {
  const { controls, onResult, ...campaign } = options
  const byScenario = Map.groupBy(controls, ({ scenario }) => scenario.name)
  const results = new Map<string, ControlResult>()
  const outcome = await runCampaign({
    ...campaign,
    overrides: {
      workflowsPath: assets.controlWorkflows,
      workerProgram: assets.controlWorker,
      isGoldenWanted: ({ name }) => byScenario.get(name)?.[0]?.golden === true,
      launcher: (usual, { name }) => byScenario.get(name)?.[0]?.launch?.(usual) ?? usual,
    },
    async onEvent(event) {
      if (event.type !== 'run-finished') return
      for (const control of byScenario.get(event.planned.scenario.name) ?? []) {
        const result =
          control.damaged === undefined
            ? controlResult(control, event.run)
            : await damagedResult(control, control.damaged, event.run, campaign.folder)
        results.set(control.name, result)
        onResult(result)
      }
    },
  })
  return { ...outcome, results: controls.flatMap(({ name }) => results.get(name) ?? []) }
}
