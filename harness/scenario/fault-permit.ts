// What a scenario does with the permit under which it injects faults. Who gets one when is the campaign's policy.

/** Only so many runs may inject and recover at a time: starting workers beside them would change their figures. */
export interface FaultPermit extends Disposable {
  /** The run only waits for a moment: workers of other runs may start meanwhile. The run itself never waits for them. */
  lend(): void
  /** Something is injected after the permit was given back: it counts as taken again, without any waiting. */
  retake(): void
}
