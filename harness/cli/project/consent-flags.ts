// The two flags without which nothing is started in a namespace of another machine. They are no settings: an environment
// variable must not stand in for them.
import type { Command } from 'commander'

export function addConsent(command: Command): void {
  command
    .option('--namespace <name>', 'the namespace of an external cluster that the test may use')
    .option('--yes-strike-workers-of <namespace>', 'the same again: you want workers to be struck there')
}
