// Starts something on free ports, and again on others if another program took one of them meanwhile.
import { rm } from 'node:fs/promises'
import { messageOf } from '../core/errors.ts'
import { endOf } from './log-tail.ts'
import { freePorts } from './ports.ts'

const attempts = 3

/** How a failed start shows that a port was taken. */
export interface TakenPort {
  /** The words about the taken port; undefined if the start failed for another reason. */
  complaint(thrown: unknown): Promise<string | undefined>
  /** Clears the words, so that the next attempt's are its own. */
  forget(): Promise<void>
}

/** For a program that writes so into its log. */
export function saidInLog(logFile: string): TakenPort {
  return {
    complaint: async () => portTaken(await endOf(logFile)),
    forget: () => rm(logFile),
  }
}

/** For an engine that says so in its error. */
export const saidInError: TakenPort = {
  complaint: async (thrown) => portTaken(messageOf(thrown)),
  forget: async () => {},
}

/**
 * @param wanted ports that are taken if nothing listens there; progress says which is not free
 * @throws what `start` throws: at once for another reason, after three attempts if a port was taken
 */
export async function onFreePorts<const Name extends string, T>(
  names: readonly Name[],
  taken: TakenPort,
  onProgress: (text: string) => void,
  start: (ports: Readonly<Record<Name, number>>) => Promise<T>,
  wanted?: Readonly<Partial<Record<Name, number>>>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const ports = await freePorts(names, wanted)
    for (const name of names) {
      const port = wanted?.[name]
      if (port === undefined || port === ports[name]) continue
      onProgress(`another program listens on port ${port}; this cluster gets ${ports[name]}`)
    }
    try {
      return await start(ports)
    } catch (thrown) {
      const complaint = await taken.complaint(thrown)
      if (attempt === attempts || complaint === undefined) throw thrown
      onProgress(`another program took a port in between (${complaint}); trying other ports`)
      await taken.forget()
    }
  }
}

/** Finds the words of PostgreSQL, Go programs and Docker about a port that is taken. */
export function portTaken(log: string): string | undefined {
  return /[^"\n]*(?:address already in use|port is already allocated)/i.exec(log)?.[0].trim().slice(-200)
}
