// Heals all faults of a scenario, however the scenario ended.
import type { Fault } from '../../faults/fault.ts'

/**
 * Heals in the order that the faults ask for, and the newest first within one order. Failed heals are then
 * tried once more.
 * @param onStuck receives the error of a fault whose second heal failed also
 */
export async function healAll(injected: readonly Fault[], onStuck: (thrown: unknown) => void): Promise<void> {
  const stuck: Fault[] = []
  for (const fault of inHealOrder(injected)) await fault.heal().catch(() => stuck.push(fault))
  for (const fault of stuck) await fault.heal().catch(onStuck)
}

function inHealOrder(injected: readonly Fault[]): Fault[] {
  const orderOf = ({ healOrder = Number.MAX_VALUE }: Fault) => healOrder
  return injected.toReversed().toSorted((a, b) => orderOf(a) - orderOf(b))
}
