/** Where an engine runs in a machine of its own, as on a desktop, it resolves this to the machine it serves. */
export const desktopHost = 'host.docker.internal'
