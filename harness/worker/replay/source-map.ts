// The source map at the end of a workflow bundle.

const inlineMap = /\n\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/

/**
 * The bundle with an empty source map for the same file. Each replay worker parses the map, 4 MB, and nothing
 * destroys the `SourceMapConsumer` (@temporalio/worker 1.24: `addWorkflowBundle` in vm-shared.js).
 * @returns the bundle as it is if it has no map of its own at its end
 */
export function withoutSourceMap(code: string): string {
  const [whole, encoded] = inlineMap.exec(code) ?? []
  if (whole === undefined || encoded === undefined) return code
  const { file } = JSON.parse(Buffer.from(encoded, 'base64').toString()) as { file?: unknown }
  const empty = { version: 3, file, sources: [], names: [], mappings: '' }
  const url = `data:application/json;base64,${Buffer.from(JSON.stringify(empty)).toString('base64')}`
  return `${code.slice(0, -whole.length)}\n//# sourceMappingURL=${url}`
}
