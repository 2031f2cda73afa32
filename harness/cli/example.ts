// Each command's help ends with one example.
import type { Command } from 'commander'
import { commandName } from '../core/command-name.ts'

export function addExample(command: Command, example: string): void {
  command.addHelpText('after', `\nExample:\n  $ ${commandName} ${example}`)
}
