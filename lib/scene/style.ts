// The one table from style roles to design tokens (app/tokens.css). SVG, canvas, posters and thumbnails
// all read it, so that a theme is a change of variables and never of drawing code.

/** A custom property of tokens.css without its two dashes. */
export type ColourName =
  | 'paper'
  | 'surface'
  | 'sunk'
  | 'hair'
  | 'rule'
  | 'ink'
  | 'ink-2'
  | 'ink-3'
  | 'accent'
  | 'accent-on'
  | 'accent-wash'
  | 'fault'
  | 'fault-ink'
  | 'fault-wash'
  | 'hold-ink'
  | 'hold-solid'
  | 'broken-ink'
  | 'broken-solid'
  | 'broken-on'
  | `k-${KeyShape}`
  | `k-${KeyShape}-line`
  | `k-${KeyShape}-on`

export type KeyShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'hexagon'
export const keyShapes: readonly KeyShape[] = ['circle', 'square', 'triangle', 'diamond', 'hexagon']

export interface Style {
  readonly fill?: ColourName
  readonly stroke?: ColourName
  readonly width?: number
  readonly dash?: readonly number[]
  readonly fillOpacity?: number
  readonly opacity?: number
  readonly round?: true
}

const key = (shape: KeyShape) =>
  ({
    fill: { fill: `k-${shape}`, stroke: `k-${shape}-line`, width: 1.5, round: true },
    ghost: { fill: 'paper', stroke: `k-${shape}-line`, width: 1.5, dash: [3, 3], round: true },
    mini: { fill: `k-${shape}`, stroke: `k-${shape}-line`, width: 1.25, round: true },
    ring: { stroke: `k-${shape}-line`, width: 2, round: true },
    thin: { stroke: `k-${shape}-line`, width: 1.5, round: true },
    notch: { stroke: `k-${shape}-line`, width: 1.5, dash: [6, 3] },
    // Yellow on paper is too faint to be seen as a line: its wake takes the line colour.
    wake: {
      stroke: shape === 'square' ? 'k-square-line' : `k-${shape}`,
      width: 4,
      opacity: 0.85,
      round: true,
    },
    text: { fill: `k-${shape}-on` },
  }) as const satisfies Record<string, Style>

const circle = key('circle')
const square = key('square')
const triangle = key('triangle')
const diamond = key('diamond')
const hexagon = key('hexagon')

export const styles = {
  ink: { fill: 'ink' },
  'ink-2': { fill: 'ink-2' },
  'ink-3': { fill: 'ink-3' },
  'text.paper': { fill: 'paper' },
  'text.accent': { fill: 'accent' },
  'text.fault': { fill: 'fault-ink' },
  'text.broken': { fill: 'broken-ink' },
  'text.hold': { fill: 'hold-ink' },
  'text.on-broken': { fill: 'broken-on' },

  'edge.idle': { stroke: 'rule', width: 1.5 },
  'edge.live': { stroke: 'ink-2', width: 2 },
  'edge.lost': { stroke: 'rule', width: 1.5, dash: [2, 5] },
  'edge.rebalancing': { stroke: 'accent', width: 2, dash: [7, 5] },
  'edge.cause': { stroke: 'accent', width: 2.5 },
  'head.idle': { stroke: 'rule', width: 1.5, round: true },
  'head.live': { stroke: 'ink-2', width: 2, round: true },
  'head.lost': { stroke: 'rule', width: 1.5, round: true },
  'head.rebalancing': { stroke: 'accent', width: 2, round: true },
  'head.cause': { stroke: 'accent', width: 2.5, round: true },
  bracket: { stroke: 'rule', width: 1.5 },
  exchange: { fill: 'surface', stroke: 'ink-2', width: 1.5 },
  'exchange.spine': { stroke: 'ink-2', width: 1.5 },
  'exchange.slot': { fill: 'surface', stroke: 'ink-2', width: 1.5 },
  'queue.head': { stroke: 'ink-2', width: 3 },
  plate: { fill: 'paper' },

  box: { fill: 'surface', stroke: 'rule', width: 1 },
  'box.crashed': {
    fill: 'fault-wash',
    fillOpacity: 0.55,
    stroke: 'fault-ink',
    width: 1.5,
    dash: [6, 4],
  },
  'box.paused': { fill: 'surface', stroke: 'fault-ink', width: 1.5, dash: [6, 4] },
  'box.rebalancing': { fill: 'surface', stroke: 'accent', width: 1.5, dash: [6, 4] },
  'box.left': { fill: 'paper', stroke: 'rule', width: 1, dash: [6, 4] },
  selection: { stroke: 'accent', width: 2 },
  letter: { fill: 'surface', stroke: 'ink', width: 1.25 },

  line: { stroke: 'rule', width: 2 },
  'line.done': { stroke: 'ink-2', width: 2.5 },
  'line.cut': { stroke: 'rule', width: 2, dash: [2, 4] },
  'line.risk': { stroke: 'fault', width: 5, round: true },
  'line.hint': { stroke: 'fault-ink', width: 1.5 },
  stop: { fill: 'surface', stroke: 'rule', width: 2 },
  'stop.done': { fill: 'ink-2', stroke: 'ink-2', width: 2 },
  'stop.lit': { fill: 'accent', stroke: 'accent', width: 2 },
  'stop.off': { fill: 'surface', stroke: 'rule', width: 2, dash: [2, 2] },
  'stop.small': { fill: 'surface', stroke: 'rule', width: 1.5 },
  'stop.small.done': { fill: 'ink-2', stroke: 'ink-2', width: 1.5 },
  'stop.small.lit': { fill: 'accent', stroke: 'accent', width: 1.5 },
  'stop.small.off': { fill: 'surface', stroke: 'rule', width: 1.5, dash: [2, 2] },
  'stage.lit': { fill: 'accent-wash' },
  'stage.fault': { fill: 'fault-wash', stroke: 'fault-ink', width: 1 },

  'tape.ground': { fill: 'sunk' },
  'tape.cell': { stroke: 'hair', width: 1 },
  'tape.rule': { stroke: 'rule', width: 1.25 },
  'tape.hatch': { stroke: 'rule', width: 1.25 },
  'tape.hot': { stroke: 'accent', width: 2 },
  'tape.open': { stroke: 'ink-2', width: 1.25, dash: [3, 3] },
  'tape.gap': { stroke: 'ink-3', width: 2, dash: [2, 4] },
  'tape.deleted': { stroke: 'rule', width: 1.25, dash: [2, 5] },
  strike: { stroke: 'ink', width: 2, round: true },
  'strike.under': { stroke: 'sunk', width: 5, round: true },
  control: { fill: 'surface', stroke: 'ink-2', width: 1.25 },
  'control.mark': { stroke: 'ink', width: 2, round: true },
  lock: { fill: 'surface', stroke: 'ink', width: 1.5 },
  'lock.returned': { fill: 'surface', stroke: 'ink-3', width: 1.25, dash: [3, 3] },
  'lock.archived': { stroke: 'fault-ink', width: 2, round: true },
  pill: { fill: 'surface', stroke: 'ink-2', width: 1.25 },
  'pill.believed': { fill: 'surface', stroke: 'fault-ink', width: 1.25, dash: [3, 3] },
  fold: { fill: 'sunk', stroke: 'rule', width: 1.25, dash: [5, 4] },
  pip: { fill: 'ink-2' },
  'hw.pole': { stroke: 'ink-2', width: 1.5 },
  'hw.flag': { fill: 'ink-2' },
  'lso.pole': { stroke: 'ink-2', width: 1.5, dash: [3, 3] },
  'lso.flag': { fill: 'surface', stroke: 'ink-2', width: 1.25 },
  'flag.pole': { stroke: 'ink', width: 1.5 },
  'flag.pen': { fill: 'surface', stroke: 'ink', width: 1.25 },
  'flag.pole.hot': { stroke: 'fault-ink', width: 1.5 },
  'flag.pen.hot': { fill: 'fault-wash', stroke: 'fault-ink', width: 1.25 },

  'rule.ink': { stroke: 'ink', width: 1.5 },
  'rule.hair': { stroke: 'hair', width: 1 },
  tag: { fill: 'broken-solid' },
  octagon: { fill: 'broken-solid' },
  'octagon.cross': { stroke: 'broken-on', width: 2, round: true },
  bolt: { fill: 'fault', stroke: 'fault-ink', width: 1, round: true },
  'bolt.disc': { fill: 'fault-wash', stroke: 'fault-ink', width: 1.5 },
  step: { fill: 'ink', stroke: 'paper', width: 2 },
  'step.bad': { fill: 'broken-solid', stroke: 'paper', width: 2 },

  'circle.fill': circle.fill,
  'circle.ghost': circle.ghost,
  'circle.mini': circle.mini,
  'circle.ring': circle.ring,
  'circle.thin': circle.thin,
  'circle.notch': circle.notch,
  'circle.wake': circle.wake,
  'circle.text': circle.text,
  'square.fill': square.fill,
  'square.ghost': square.ghost,
  'square.mini': square.mini,
  'square.ring': square.ring,
  'square.thin': square.thin,
  'square.notch': square.notch,
  'square.wake': square.wake,
  'square.text': square.text,
  'triangle.fill': triangle.fill,
  'triangle.ghost': triangle.ghost,
  'triangle.mini': triangle.mini,
  'triangle.ring': triangle.ring,
  'triangle.thin': triangle.thin,
  'triangle.notch': triangle.notch,
  'triangle.wake': triangle.wake,
  'triangle.text': triangle.text,
  'diamond.fill': diamond.fill,
  'diamond.ghost': diamond.ghost,
  'diamond.mini': diamond.mini,
  'diamond.ring': diamond.ring,
  'diamond.thin': diamond.thin,
  'diamond.notch': diamond.notch,
  'diamond.wake': diamond.wake,
  'diamond.text': diamond.text,
  'hexagon.fill': hexagon.fill,
  'hexagon.ghost': hexagon.ghost,
  'hexagon.mini': hexagon.mini,
  'hexagon.ring': hexagon.ring,
  'hexagon.thin': hexagon.thin,
  'hexagon.notch': hexagon.notch,
  'hexagon.wake': hexagon.wake,
  'hexagon.text': hexagon.text,
  // A message without a key has no key's colour: ink on the sheet.
  'keyless.fill': { fill: 'surface', stroke: 'ink-2', width: 1.5 },
  'keyless.ghost': { fill: 'paper', stroke: 'ink-2', width: 1.5, dash: [3, 3] },
  'keyless.mini': { fill: 'surface', stroke: 'ink-2', width: 1.25 },
  'keyless.ring': { stroke: 'ink-2', width: 2 },
  'keyless.thin': { stroke: 'ink-2', width: 1.5 },
  'keyless.notch': { stroke: 'ink-2', width: 1.5, dash: [6, 3] },
  'keyless.wake': { stroke: 'ink-2', width: 4, opacity: 0.85, round: true },
  'keyless.text': { fill: 'ink' },
} as const satisfies Record<string, Style>

export type Role = keyof typeof styles

export const styleOf = (role: Role): Style => styles[role]

/** What a dimmed thing keeps ("Why" mode). */
export const DIM = 0.34
