// Each command's help ends with one example.
import type { Command } from 'commander'

export function addExample(command: Command, example: string): void {
  command.addHelpText('after', `\nExample:\n  $ pnpm chaos ${example}`)
}
