// How large a scenario may be. A document comes from anywhere (a link, a file, a paste), so that every
// list in it is bounded, and an error names the bound.
export const limits = {
  /** Events of all producers together: the largest run that `npm run bench` measures. */
  messages: 1_000_000,
  streams: 16,
  producers: 16,
  services: 32,
  sinks: 32,
  instances: 16,
  /** Instances of all services together. */
  consumers: 128,
  workers: 16,
  nodes: 16,
  partitions: 64,
  keys: 1_000,
  eventTypes: 16,
  faults: 64,
  moments: 64,
  /** Steps of a script; a counterexample has a few dozen. */
  script: 10_000,
  attempts: 100,
  /** Events of one transaction. */
  together: 1_000,
  /** One day; a timer of a real broker that is longer never fires in a run. */
  durationMs: 86_400_000,
  /** Thirty days: idempotency keys are kept by real APIs for one day up to a month. */
  retentionMs: 2_592_000_000,
  /** Ids that a dedup table keeps. */
  dedupWindow: 10_000,
  titleLength: 120,
  textLength: 2_000,
  nameLength: 100,
  /** Levels of nesting; a valid scenario has seven. */
  depth: 32,
  /** Values of all kinds; the largest scenario that the other limits allow has fewer. */
  values: 250_000,
  linkCharacters: 64 * 1024,
  inflatedBytes: 1024 * 1024,
  fileCharacters: 10 * 1024 * 1024,
} as const
