// The engine reports a pull or a build as a stream of JSON lines. A failure is one of these lines: the stream itself ends well.
import type Dockerode from 'dockerode'
import { z } from 'zod'

const lineSchema = z.object({
  stream: z.string().optional(),
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string() }).optional(),
})

/**
 * Resolves at the end of the stream.
 * @param onText gets what a build prints
 * @throws Error with the failure that the stream reports
 */
export async function followStream(
  docker: Dockerode,
  stream: NodeJS.ReadableStream,
  onText: (text: string) => void = () => {},
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onLine = (line: unknown) => {
    const { stream: text, error, errorDetail } = lineSchema.parse(line)
    if (text !== undefined) onText(text)
    const failure = errorDetail?.message ?? error
    if (failure !== undefined) reject(new Error(failure))
  }
  docker.modem.followProgress(stream, (error) => (error === null ? resolve() : reject(error)), onLine)
  await promise
}
