// The command line. Every exit uses one of the exit codes of exit-codes.ts.
import { Command, CommanderError } from 'commander'
import { assets, isPackage } from '../core/assets.ts'
import { commandName } from '../core/command-name.ts'
import { consoleText } from '../core/console-text.ts'
import { findProject } from '../config/project/project.ts'
import { toChaosError } from '../core/errors.ts'
import { exitCodes } from '../core/exit-codes.ts'
import { unknownVariables } from '../config/unknown-variables.ts'
import { loadScenarios } from '../scenario/load.ts'
import { harnessVersion } from '../core/versions.ts'
import { registerCheck } from './project/check.ts'
import { loadProjectScenarios } from './project/load-project.ts'
import { registerAnalyze } from './analyze.ts'
import { registerCompare } from './compare.ts'
import { registerControls } from './controls.ts'
import { registerDemo } from './demo.ts'
import { registerDoctor } from './doctor.ts'
import { registerInit } from './init.ts'
import { registerList } from './list.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { Output } from './output.ts'
import { registerMutate } from './mutate.ts'
import { registerPlan } from './plan.ts'
import { registerReplay } from './replay.ts'
import { registerRun } from './run.ts'
import { Uncaught } from './uncaught.ts'

function failed(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : exitCodes.usage.code
  const { message, code, hint, kind } = toChaosError(thrown)
  process.stderr.write(
    `${consoleText(message)} [${code}]\n${hint === undefined ? '' : `${consoleText(hint)}\n`}`,
  )
  if (code === 'CHAOS_UNEXPECTED' && thrown instanceof Error)
    process.stderr.write(`${consoleText(thrown.stack ?? '')}\n`)
  return kind === 'usage' ? exitCodes.usage.code : exitCodes.unproven.code
}

/** Some package managers pass the separator on: `pnpm chaos -- --runs 3`. */
function withoutSeparator(args: readonly string[]): readonly string[] {
  return args[0] === '--' ? args.slice(1) : args
}

async function main(args: readonly string[], uncaught: Uncaught): Promise<number> {
  let exitCode: number = exitCodes.passed.code
  const program = new Command(isPackage ? commandName : 'chaos')
    .description('Chaos and durability tests for Temporal: real server, real PostgreSQL, real workers.')
    .version(harnessVersion())
    .exitOverride()
  const demonstration = () => loadScenarios(assets.scenarios)
  const ofProject = async () => {
    const project = await findProject(process.cwd())
    return project === undefined ? undefined : loadProjectScenarios(project, process.env)
  }
  const load = async () => (await ofProject()) ?? demonstration()
  /** All that a record or a plan may name: the demonstration runs in a project too. */
  const known = async () => [...((await ofProject()) ?? []), ...(await demonstration())]
  const running: CampaignCommand = { load, uncaught, done: (code) => (exitCode = code) }
  registerRun(program, running)
  registerInit(program, running)
  registerDemo(program, { ...running, load: demonstration })
  registerCompare(program, running)
  registerControls(program, { ...running, load: demonstration })
  registerMutate(program, { ...running, load: known })
  registerPlan(program, { load: known })
  registerReplay(program, { ...running, load: known })
  registerList(program, async () =>
    (await load()).map(({ scenario: { name, promise, suites, budgetMs, isolation, needs }, file }) => {
      return { name, promise, suites, budgetMs, isolation, needs, file }
    }),
  )
  registerAnalyze(program, { ...running, load: known })
  registerCheck(program, running)
  registerDoctor(program, running)
  for (const line of unknownVariables(process.env)) process.stderr.write(`${line}\n`)
  try {
    await program.parseAsync(withoutSeparator(args), { from: 'user' })
    return uncaught.first !== undefined && exitCode === exitCodes.passed.code
      ? exitCodes.unproven.code
      : exitCode
  } catch (thrown) {
    return failed(thrown)
  }
}

/** The exit code, once it is known whether the user could read what led to it. */
async function withOutput(exitCode: number, output: Output): Promise<number> {
  const unwritable = await output.settled()
  if (unwritable === undefined) return exitCode
  process.stderr.write(`${unwritable.message} [${unwritable.code}]\n`)
  return exitCode === exitCodes.passed.code ? exitCodes.unproven.code : exitCode
}

const output = new Output()
// Exits even if something still holds the event loop: everything that had to end has ended by now.
process.exit(await withOutput(await main(process.argv.slice(2), new Uncaught()), output))
