// What the machine did during a run, and what helps if it was too busy.
import { formatDuration } from '../core/duration.ts'
import { percent } from '../core/percent.ts'
import type { CampaignResult, RunResult } from '../result/campaign-result.ts'
import { decisiveFinding } from '../checks/verdict.ts'
import { findingsOf } from '../result/check-result.ts'
import type { MachineResult } from '../result/machine-result.ts'

/** `CPU pressure 62 %, IO 3 %, memory 0 %, load 4.1; its processes waited for a core for 41 % of the time` */
export function describeMachine(machine: MachineResult): string {
  const { waiting, cpuPressure, ioPressure, memoryPressure, load, standstillMs } = machine
  const figures = [
    ...figure('CPU pressure', cpuPressure),
    ...figure('IO', ioPressure),
    ...figure('memory', memoryPressure),
    `load ${load.toFixed(1)}`,
  ]
  const waited =
    waiting === null ? '' : `; its processes waited for a core for ${percent(waiting)} of the time`
  const stood = standstillMs === 0 ? '' : `; the harness stood still for ${formatDuration(standstillMs)}`
  return `${figures.join(', ')}${waited}${stood}`
}

/** What helps if runs prove nothing because of the machine; empty if none is of that kind. */
export function machineHelp({ scenarios }: CampaignResult): string {
  const runs = scenarios.flatMap((scenario) => scenario.runs)
  const starved = runs.filter((run) => excuseOf(run) === 'inconclusive').length
  const stopped = runs.filter((run) => excuseOf(run) === 'error').length
  return [
    ...(starved === 0
      ? []
      : [
          `${counted(starved)} inconclusive because the machine was starved: run fewer side by side (--concurrency 1), or have fewer neighbours.`,
        ]),
    ...(stopped === 0
      ? []
      : [
          `${counted(stopped)} an error because the harness stood still: do not stop it, and let its machine run.`,
        ]),
  ].join('\n')
}

function excuseOf({ verdict, checks }: RunResult) {
  if (verdict === 'pass') return undefined
  return decisiveFinding(findingsOf(checks))?.excuse?.verdict
}

function counted(runs: number): string {
  return runs === 1 ? '1 run is' : `${runs} runs are`
}

function figure(name: string, share: number | null): string[] {
  return share === null ? [] : [`${name} ${percent(share)}`]
}
