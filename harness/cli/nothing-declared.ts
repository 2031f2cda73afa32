// The error of commands that need a project, without one.
import { commandName } from '../core/command-name.ts'
import { UsageError } from '../core/errors.ts'

export function nothingDeclared(folder: string): UsageError {
  return new UsageError(
    `there is no chaos.config in ${folder} or above it`,
    `\`${commandName} init\` writes one for your worker; \`${commandName} demo\` runs our own demonstration.`,
    'CHAOS_CONFIG_MISSING',
  )
}
