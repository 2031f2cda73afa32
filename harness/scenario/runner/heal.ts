// Heals what a scenario has injected, however the scenario ended.
import type { Fault } from '../../faults/fault.ts'

/**
 * Heals in the order that the faults ask for, the newest first within the same order; then tries once more what could
 * not be healed.
 * @param onStuck told why a fault could not be healed either time
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
