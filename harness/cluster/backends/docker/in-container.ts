import type Dockerode from 'dockerode'

/** Something that was started, and the container that it runs in. */
export type InContainer<T> = T & { readonly container: Dockerode.Container }
