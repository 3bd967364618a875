// What a scene is made of: placed parts and the shapes that draw them. Shapes name a style role, never a
// colour; lib/scene/style.ts maps roles to the design tokens. Coordinates are canvas units (1 = 1 CSS px).
import type { Token, WirePart } from '../picture/types.ts'
import type { Role } from './style.ts'
import type { Track } from './track.ts'

export interface Point {
  readonly x: number
  readonly y: number
}
export interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** What is left of one way: at its beginning `dx`, at its end nothing. */
export interface Slide {
  readonly dx: number
  readonly sinceMs: number
}
/** How a shape comes to its place; `motion.ts` says where it is at any simulated time. */
export type Motion =
  | { readonly kind: 'slide'; readonly slides: readonly Slide[] }
  | {
      readonly kind: 'grow'
      /** The point that stays where it is, and the share of its size it begins with, each way. */
      readonly at: Point
      readonly from: Point
      readonly sinceMs: number
      readonly ms: number
    }
interface Movable {
  readonly motion?: Motion
}

export interface RectShape extends Box, Movable {
  readonly shape: 'rect'
  readonly radius: number
  readonly role: Role
}
/** `d` is relative to (x, y). */
export interface PathShape extends Point, Movable {
  readonly shape: 'path'
  readonly d: string
  readonly role: Role
}
export interface CircleShape extends Point, Movable {
  readonly shape: 'circle'
  readonly radius: number
  readonly role: Role
}
export interface TextShape extends Point, Movable {
  readonly shape: 'text'
  readonly text: string
  readonly role: Role
  readonly size: 13 | 15 | 18
  readonly weight: 400 | 500 | 600
  readonly family: 'sans' | 'mono'
  readonly anchor: 'start' | 'middle' | 'end'
  /** Letter spacing in em. */
  readonly tracking: number
  /** The text tells what is left until `dueMs`, after these words. */
  readonly countdown?: { readonly before: string; readonly dueMs: number }
}
export type BasicShape = RectShape | PathShape | CircleShape | TextShape

/** A message where it stands; expanded to basic shapes by `tokenShapes`. */
export interface TokenShape extends Point, Movable {
  readonly shape: 'token'
  readonly token: Token
  /** Nominal radius: 15 in the graph, 5.5 in a timeline (no label then). */
  readonly radius: number
  readonly dim: boolean
  /** Its tag is still coming out, since then. */
  readonly taggedMs?: number
}
export type Shape = BasicShape | TokenShape

export type PlacedKind =
  | 'producer'
  | 'stream'
  | 'tape'
  | 'node'
  | 'fold'
  | 'group'
  | 'consumer'
  | 'collapsed'
  | 'dedup store'
  | 'sink'
  | 'mark'
  | 'note'

/** A thing on the canvas: what can be selected, lit, dimmed or focused as a whole. */
export interface PlacedPart {
  readonly id: string
  readonly kind: PlacedKind
  readonly box: Box
  readonly shapes: readonly Shape[]
  readonly dim: boolean
  readonly selected: boolean
  /** False for titles, notes and marks: they are drawn, and hold nothing to open. */
  readonly selectable: boolean
  /** One sentence for those who do not see the drawing. */
  readonly label: string
}

export interface PlacedWire {
  /** Ids of the wires of the picture that run along this line; the first names it. */
  readonly ids: readonly string[]
  readonly links: readonly string[]
  readonly from: string
  readonly to: string
  readonly state: WirePart['state']
  readonly track: Track
  readonly shapes: readonly Shape[]
  readonly dim: boolean
}

/** A bracket: lines that belong to no part. */
export interface PlacedLine {
  readonly shapes: readonly Shape[]
  readonly dim: boolean
}

/** A flight on its line: `flights.ts` says where its tokens are at any simulated time. */
export interface PlacedFlight {
  readonly wire: string
  readonly track: Track
  readonly back: boolean
  readonly tokens: readonly Token[]
  /** 15; less where the line is short, or a rail in the margin. */
  readonly radius: number
  readonly sentMs: number
  readonly dueMs: number
  readonly dim: boolean
}

/** One token under way at the scene's moment. */
export interface Moving extends Point {
  readonly radius: number
  readonly token: Token
  readonly wire: string
  /** The part of the line it has just passed: a path in canvas units, drawn 4 wide in the key's colour. */
  readonly wake: string
  readonly dim: boolean
}

export type LayoutName = 'row' | 'tight' | 'stack'

export interface Scene {
  readonly layout: LayoutName
  readonly width: number
  /** What the parts need, or the height asked for if that is more. */
  readonly height: number
  readonly timeMs: number
  readonly parts: readonly PlacedPart[]
  readonly wires: readonly PlacedWire[]
  /** Brackets and other lines that belong to no part. */
  readonly lines: readonly PlacedLine[]
  readonly flights: readonly PlacedFlight[]
  readonly moving: readonly Moving[]
  /** Drawn over everything: plates on wires, causal step numbers. */
  readonly over: readonly Shape[]
}

/** A numbered disc of a causal path. `at`: a part, a wire, or a cell written `tape@offset`. */
export interface StepMark {
  readonly at: string
  readonly text: string
  readonly bad: boolean
}

/** Words under a card, on the stretch of its line between two stops ("a crash here charges twice"). */
export interface Hint {
  readonly card: string
  readonly from: string
  readonly to: string
  readonly text: string
}

/** How the picture is looked at. Everything here is of the reader; nothing here is of the run. */
export interface View {
  readonly width: number
  readonly height: number
  /** The group drawn with full cards; the first one when absent. */
  readonly focus?: string | undefined
  /** No margins, no titles of streams, no notes under producers: the home page and embeds. */
  readonly compact?: boolean | undefined
  /** The partition whose replicas are drawn; the first that has any when absent. */
  readonly opened?: string | undefined
  /** Draw every partition; else those beyond three are one strip. */
  readonly allTapes?: boolean | undefined
  /** When given, everything not named is dimmed: parts, wires, cells (`tape@offset`), rows (`sink#message`). */
  readonly lit?: readonly string[] | undefined
  readonly selected?: string | undefined
  /** Cells outlined in the accent, written `tape@offset`. */
  readonly hot?: readonly string[] | undefined
  readonly steps?: readonly StepMark[] | undefined
  readonly hints?: readonly Hint[] | undefined
  /** 'fly'; 'jump': reduced motion, tokens stand on their line; 'count': above 4×, a number on the line. */
  readonly motion?: 'fly' | 'jump' | 'count' | undefined
  /** Room kept free at the bottom, e.g. for the legend. */
  readonly bottom?: number | undefined
}
