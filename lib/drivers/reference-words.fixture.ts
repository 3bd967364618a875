// What passes between the actors of the reference system.
import type { Envelope } from '../engine/types.ts'

export interface Write extends Envelope {
  readonly kind: 'Write'
  readonly item: number
}
export interface Written extends Envelope {
  readonly kind: 'Written'
}
export interface Take extends Envelope {
  readonly kind: 'Take'
  readonly offset: number
}
export interface Item extends Envelope {
  readonly kind: 'Item'
  readonly log: number
  readonly offset: number
  readonly item: number
}
export interface Book extends Envelope {
  readonly kind: 'Book'
  readonly log: number
  readonly item: number
}
export interface Booked extends Envelope {
  readonly kind: 'Booked'
}
export interface Done extends Envelope {
  readonly kind: 'Done'
  readonly log: number
  readonly offset: number
}
export interface DoneHeard extends Envelope {
  readonly kind: 'DoneHeard'
  readonly ok: boolean
}
export interface Join extends Envelope {
  readonly kind: 'Join'
}
/** Per log the offset to go on from; -1: not yours. */
export interface Yours extends Envelope {
  readonly kind: 'Yours'
  readonly from: readonly number[]
}
