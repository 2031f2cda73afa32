// A campaign of scenarios that are loaded from files, as `run` and `demo` start it.
import { planCampaign } from '../campaign/plan.ts'
import type { Config } from '../config/config.ts'
import { drawSeed } from '../core/seed.ts'
import { selectScenarios } from '../scenario/load.ts'
import { runAndReport, type CampaignCommand } from './campaign-command.ts'
import { describeCampaign, describePlan } from './plan-text.ts'
import { withBackend } from './with-backend.ts'

/**
 * @param names of scenarios; without any, those of the suite
 * @param asked the settings, before a backend is chosen
 */
export async function runScenarios(
  names: readonly string[],
  asked: Config,
  { load, done, uncaught }: CampaignCommand,
): Promise<void> {
  const { config, backend, line } = await withBackend(asked, process.env)
  const all = (await load()).map(({ scenario }) => scenario)
  const scenarios = selectScenarios(all, names, config.suite, backend)
  const suite = names.length === 0 ? config.suite : null
  const plan = planCampaign(scenarios, config, config.seed ?? drawSeed(), backend)
  if (config.dryRun) {
    process.stdout.write(`${line}\n${describePlan(plan, suite)}\n`)
    done(0)
    return
  }
  done(await runAndReport(plan, config, `${line}\n${describeCampaign(plan, suite, config)}`, uncaught))
}
