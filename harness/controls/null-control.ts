// The null control of a scenario: the same run without its faults. It tested nothing, so it must never pass.
import type { Scenario } from '../scenario/scenario.ts'
import { withoutFaults } from '../scenario/without-faults.ts'
import type { Control } from './control.ts'

/** @param scenario one that injects faults */
export function nullControl(scenario: Scenario): Control {
  const name = `no-fault-in-${scenario.name}`
  const defect = `${scenario.name} runs without any fault.`
  return {
    name,
    breaks: 'fault',
    defect,
    scenario: { ...withoutFaults(scenario), name, promise: defect, suites: [] },
    expected: { verdict: 'inconclusive', check: 'fault-proven', finding: /^no fault was injected$/ },
  }
}
