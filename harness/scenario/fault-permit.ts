// What a scenario does with the permit under which it injects faults. Who gets one when is the campaign's policy.

/** Only so many runs may inject and recover at a time: starting workers beside them would change their figures. */
export interface FaultPermit extends Disposable {
  /** The run only waits for a moment: the worker of one other run may start meanwhile. The run itself never waits for it. */
  lend(): void
  /** Something is injected after the permit was given back: it counts as taken again, without any waiting. */
  retake(): void
}
