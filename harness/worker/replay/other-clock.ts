// Another wall clock and other random numbers, for code that can see the real ones: a replay that comes at once would see
// nearly the same clock as the run did. The workflow sandbox hides only `Date`, `Date.now` and `Math.random`; the real
// clock stays in reach by `Date.prototype.constructor`, by `Intl`, and by the objects that the sandbox lends to workflows.

export interface OtherClock {
  /** How far it is ahead of the real one. */
  readonly aheadMs: number
  /** The half of the range 0 to 1 that random numbers come from: a branch on one of them goes the other way in one replay. */
  readonly draws: 'low' | 'high'
}

/** The parts of a global object that tell time or chance. */
type World = Pick<typeof globalThis, 'Date' | 'Intl' | 'Math'>

/** JavaScript that sets the clock of the world it runs in; put before a bundle, it comes before the sandbox takes its own. */
export function settingClock({ aheadMs, draws }: OtherClock): string {
  return `(${setClock.toString()})(globalThis, ${aheadMs}, '${draws}');`
}

/** @returns sets it back. It must not use anything from outside itself: its text is put before bundles. */
export function setClock(world: World, aheadMs: number, draws: 'low' | 'high'): () => void {
  const { Date: RealDate, Intl: intl, Math: math } = world
  const realRandom = math.random
  const now = () => RealDate.now() + aheadMs
  const shifted: DateConstructor = new Proxy(RealDate, {
    construct(target, args: unknown[], newTarget): Date {
      const made: unknown = Reflect.construct(
        target,
        args.length === 0 ? [now()] : args,
        newTarget === shifted ? target : newTarget,
      )
      return made as Date
    },
    apply: () => new RealDate(now()).toString(),
    get: (target, key): unknown => (key === 'now' ? now : Reflect.get(target, key)),
  })
  const format = intl.DateTimeFormat.prototype
  const realFormat = Object.getOwnPropertyDescriptors(format)
  const realParts = format.formatToParts
  RealDate.prototype.constructor = shifted
  world.Date = shifted
  math.random = () => (realRandom() + (draws === 'high' ? 1 : 0)) / 2
  Object.defineProperty(format, 'format', {
    ...realFormat.format,
    get(this: Intl.DateTimeFormat) {
      const real = realFormat.format.get?.call(this) as (date?: number | Date) => string
      return (date?: number | Date) => real(date ?? now())
    },
  })
  Object.defineProperty(format, 'formatToParts', {
    ...realFormat.formatToParts,
    value(this: Intl.DateTimeFormat, date?: number | Date) {
      return realParts.call(this, date ?? now())
    },
  })
  return () => {
    RealDate.prototype.constructor = RealDate
    world.Date = RealDate
    math.random = realRandom
    Object.defineProperties(format, realFormat)
  }
}
