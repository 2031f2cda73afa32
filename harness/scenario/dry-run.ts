// Runs a scenario without anything under it: each call is written down and done at once. That is the only way to learn
// which choices a scenario makes and which faults it injects, since both are its own code.
import type { Profile } from '../config/profiles.ts'
import { RunChoices, type ChoicesOptions } from './choose.ts'
import { dryContext } from './dry-context.ts'
import { PlanFacts } from './plan-facts.ts'
import type { Scenario } from './scenario.ts'

export interface DryRun {
  readonly facts: PlanFacts
  /** What the scenario does, a call a line. */
  readonly steps: readonly string[]
  /** Why nothing is known of what the scenario does next, as a sentence; null if it came to its end. */
  readonly incomplete: string | null
}

export interface DryRunOptions extends Omit<ChoicesOptions, 'scenario' | 'onChoice'> {
  readonly profile: Profile
}

/** Nothing is under way in a dry run: a scenario that lasts longer waits for something of its own. */
const patienceMs = 5_000

/**
 * @throws UsageError `CHAOS_PLAN_INVALID_CHOICE`, and `CHAOS_PLAN_UNKNOWN_CHOICE` if the scenario came to its end; what
 *   the scenario itself throws
 */
export async function dryRun(scenario: Scenario, options: DryRunOptions): Promise<DryRun> {
  const facts = new PlanFacts()
  const steps: string[] = []
  const stopped = Promise.withResolvers<string>()
  let incomplete: string | null = null
  const stop = (why: string) => {
    incomplete ??= why
    stopped.resolve(why)
  }
  const choices = new RunChoices({
    ...options,
    scenario: scenario.name,
    onChoice: (choice) => facts.choice(choice),
  })
  const context = dryContext({
    scenario,
    run: options.run,
    profile: options.profile,
    choose: choices.choose,
    facts,
    onStep: (name) => void steps.push(name),
    stop,
    isStopped: () => incomplete !== null,
  })
  const patience = setTimeout(
    () => stop('The scenario waits for something that only a real run brings.'),
    patienceMs,
  )
  try {
    await Promise.race([scenario.run(context), stopped.promise])
  } catch (thrown) {
    // What a scenario throws once it was stopped comes of that.
    if (incomplete === null) throw thrown
  } finally {
    clearTimeout(patience)
  }
  if (incomplete === null) choices.assertGivenWereAsked()
  return { facts, steps, incomplete }
}
