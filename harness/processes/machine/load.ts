// What the whole machine is doing, in running totals: pressure, time of its cores, load average.
import { existsSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import type { MachineSample } from '../../record/machine.ts'

export type MachineLoad = Pick<MachineSample, 'load' | 'pressureMs' | 'cores'>

const pressureFolder = '/proc/pressure'

/** Why pressure cannot be observed here, as part of a sentence; null if it can. */
export function whyNoPressure(): string | null {
  if (process.platform !== 'linux') return `${process.platform} does not tell how long processes wait`
  return existsSync(`${pressureFolder}/cpu`) ? null : `the kernel has no ${pressureFolder}`
}

/** @throws if a file that was there cannot be read */
export function readMachineLoad(): MachineLoad {
  const [load = 0] = loadavg()
  if (process.platform !== 'linux') return { load }
  const cores = parseCores(readFileSync('/proc/stat', 'latin1'))
  if (whyNoPressure() !== null) return { load, cores }
  const pressure = (of: string) => parsePressure(readFileSync(`${pressureFolder}/${of}`, 'latin1'))
  return {
    load,
    cores,
    pressureMs: { cpu: pressure('cpu'), io: pressure('io'), memory: pressure('memory') },
  }
}

/**
 * From `some avg10=0.00 avg60=0.00 avg300=0.00 total=1234`, whose total is in µs: the time in which at least
 * one task waited (Documentation/accounting/psi.rst).
 */
export function parsePressure(text: string): number {
  const total = /^some .*total=(\d+)/m.exec(text)?.[1]
  if (total === undefined) throw new Error(`no total of "some" in ${JSON.stringify(text)}`)
  return Number(total) / 1_000
}

/** The unit of /proc/stat, USER_HZ, is a hundredth of a second on every architecture that Node runs on. */
const tickMs = 10

/** From `cpu  user nice system idle iowait irq softirq steal guest guest_nice`; user and nice include guests. */
export function parseCores(stat: string): NonNullable<MachineSample['cores']> {
  const [, line = ''] = /^cpu +(.*)$/m.exec(stat) ?? []
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(' ').map(Number)
  return { busyMs: (user + nice + system + irq + softirq) * tickMs, stolenMs: steal * tickMs }
}
