// Replaces the host of the releases: a real HTTP server on loopback that answers as each test wants.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from 'tar'

export interface ReleaseServer extends AsyncDisposable {
  /** For the setting `temporalMirror`. */
  readonly mirror: string
  /** The last part of each request's path, in order. */
  readonly requests: readonly string[]
}

export interface Release {
  readonly archive: (response: ServerResponse) => void
  readonly checksums: (response: ServerResponse) => void
}

export async function serve(listener: RequestListener): Promise<ReleaseServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url?.split('/').at(-1) ?? '')
    listener(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    mirror: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Any file other than the two of a release is answered with 404. */
export function serveRelease(release: Release): Promise<ReleaseServer> {
  return serve((request, response) => {
    if (request.url?.endsWith('/checksums.txt')) release.checksums(response)
    else if (request.url?.endsWith('.tar.gz')) release.archive(response)
    else notFound(response)
  })
}

export function send(body: string | Buffer): (response: ServerResponse) => void {
  return (response) => response.setHeader('content-length', Buffer.byteLength(body)).end(body)
}

export function notFound(response: ServerResponse): void {
  response.writeHead(404).end('not found')
}

/** A shell script that answers `--version` like the binary of that name. */
export function versionScript(program: string, version: string): string {
  return `#!/bin/sh\necho "${program} version ${version}"\n`
}

/** A .tar.gz of executable files, by name and content. */
export async function archiveOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-archive-'))
  try {
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content)
      await chmod(join(folder, name), 0o755)
    }
    await create({ gzip: true, cwd: folder, file: join(folder, 'archive') }, Object.keys(files))
    return await readFile(join(folder, 'archive'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

export function checksumLine(body: Buffer, name: string): string {
  return `${createHash('sha256').update(body).digest('hex')}  ${name}\n`
}
