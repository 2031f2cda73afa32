// A scenario's use of the permit under which it injects faults. The campaign decides who gets a permit when.

/**
 * Limits how many runs inject and recover at a time: starting workers meanwhile would change their figures.
 */
export interface FaultPermit extends Disposable {
  /**
   * The run only waits for a moment, so workers of other runs may start meanwhile. The run itself never waits
   * for them.
   */
  lend(): void
  /**
   * Called if something is injected after the permit was given back: the permit counts as taken again,
   * without a wait.
   */
  retake(): void
}
