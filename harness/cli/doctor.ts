// `chaos doctor`: what is there, what is missing, what to do; for people or, with --json, for programs.
import type { Command } from 'commander'
import { readConfig } from '../config/config.ts'
import { exitCodes } from '../core/exit-codes.ts'
import { paintFor, type Paint } from '../report/console/paint.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { addSettings } from './setting-options.ts'
import { canRun, examine } from '../cluster/doctor/doctor.ts'
import type { Check } from '../cluster/doctor/check.ts'
import { settingsOf, type SettingName } from '../config/settings.ts'

const marks = {
  ok: ['green', '✔'],
  warning: ['yellow', '!'],
  missing: ['red', '✘'],
} as const satisfies Record<Check['status'], readonly [string, string]>

export function renderChecks(checks: readonly Check[], paint: Paint): string {
  const width = Math.max(...checks.map(({ name }) => name.length))
  const lines = checks.flatMap(({ name, status, found, hint }) => {
    const [colour, mark] = marks[status]
    const line = `${paint(colour, mark)} ${name.padEnd(width)}  ${found}`
    return hint === undefined ? [line] : [line, `${' '.repeat(width + 4)}${paint('dim', hint)}`]
  })
  const lacking = checks.filter(({ status }) => status === 'missing').map(({ name }) => name)
  const conclusion = canRun(checks)
    ? paint('green', 'A campaign can run here.')
    : paint('red', `A campaign cannot run here: ${lacking.join(', ')}.`)
  return [...lines, '', conclusion].join('\n')
}

/** Exit code 0 if a campaign can run on this machine, else 3. */
export function registerDoctor(program: Command, { done }: Pick<CampaignCommand, 'done'>): void {
  const command = program
    .command('doctor')
    .description('look at this machine: what a campaign needs, what is missing, what to do')
    .option('--json', 'as JSON: name, status (ok, warning, missing), found, hint')
  const taken = settingsOf('doctor')
  addSettings(command, taken)
  addExample(command, 'doctor')
  command.action(async ({ json, ...flags }: Partial<Record<SettingName, unknown>> & { json?: true }) => {
    const config = readConfig(flags, process.env, taken)
    const checks = await examine({ config, env: process.env, signal: new AbortController().signal })
    const text = json ? JSON.stringify(checks, null, 2) : renderChecks(checks, paintFor(process.stdout))
    process.stdout.write(`${text}\n`)
    done(canRun(checks) ? exitCodes.passed.code : exitCodes.unproven.code)
  })
}
