// The first lines of a replay: the run, and its differences from the plan and the seed.
import type { Config } from '../config/config.ts'
import type { Choice } from '../scenario/choose.ts'
import type { Plan } from '../scenario/plan-file.ts'

export interface ReplayConfig extends Pick<Config, 'backend' | 'budget'> {
  /** Its name. */
  readonly profile: string
}

/** @param place the plan's path, as the user named it */
export function describeReplay(
  plan: Plan,
  place: string,
  config: ReplayConfig,
  choices: readonly Choice[],
): string {
  const { scenario, run, campaignSeed } = plan
  return [
    `replay of ${place}: ${scenario} #${run}, profile ${config.profile}, campaign seed ${campaignSeed}`,
    ...differences(plan, config).map((text) => `unlike the plan: ${text}`),
    ...choices.flatMap(({ name, value, drawn }) =>
      drawn === undefined ? [] : [`unlike the seed: ${name} is ${value}; the seed draws ${drawn}`],
    ),
  ].join('\n')
}

function differences(plan: Plan, config: ReplayConfig): string[] {
  const pairs = [
    ['profile', plan.profile, config.profile],
    ['backend', plan.backend, config.backend],
    ['budget', `${plan.budgetMs} ms`, `${config.budget ?? plan.budgetMs} ms`],
  ]
  return pairs.flatMap(([name, planned, now]) =>
    planned === now ? [] : [`${name} is ${now}; the plan says ${planned}`],
  )
}
