'use client'
// The graph one can work in: selection, keyboard, menus, pan and zoom by React Flow; every line of it drawn
// by the scene. The caller gives the scene, laid out for the width there is, and keeps the clock.
import '@xyflow/react/dist/base.css'
import './canvas.css'
import {
  type EdgeMouseHandler,
  type NodeMouseHandler,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useViewport,
} from '@xyflow/react'
import { type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'
import { hit, order } from '../../lib/scene/hit.ts'
import type { PlacedPart, Point, Scene, Shape, TokenShape } from '../../lib/scene/types.ts'
import { ClockContext, type SceneClock, stillAt } from './clock.ts'
import { useGraphKeys } from './graph-keys.ts'
import {
  edgeTypes,
  nodeTypes,
  type PartNode,
  type StillNode,
  type WireEdge,
} from './graph-parts.tsx'
import type { Viewport } from './painter.ts'
import { nameOf, ringOf } from './roving.ts'

interface Props {
  readonly scene: Scene
  readonly label: string
  /** Size of the place the graph stands in, in CSS pixels. */
  readonly width: number
  readonly height: number
  /** One unit of the scene in CSS pixels to begin with: 1, or 1.6 when presenting. */
  readonly zoom?: number
  readonly onSelect: (part: string) => void
  /** Asks for the menu of a part, a message (event id) or a line (link id), at a point of the window. */
  readonly onOpenMenu: (target: string, at: Point) => void
  /** The moment shown, which goes on between two scenes; that of the scene when absent. */
  readonly clock?: SceneClock
  /** Drawn over the graph, through the same pan and zoom: the layer of tokens. */
  readonly overlay?: (viewport: Viewport) => ReactNode
}

export function Graph(props: Props) {
  const { scene, clock } = props
  const still = useMemo(() => stillAt(scene.timeMs), [scene.timeMs])
  return (
    <ClockContext value={clock ?? still}>
      <ReactFlowProvider>
        <Flow {...props} />
      </ReactFlowProvider>
    </ClockContext>
  )
}

const WORDS = {
  'node.a11yDescription.default':
    'Arrow keys go through its messages. Enter selects; on what is selected it opens its faults.',
}
const MIN_ZOOM = 0.5
const MAX_ZOOM = 3

function Flow({ scene, label, width, height, zoom = 1, onSelect, onOpenMenu, overlay }: Props) {
  const { screenToFlowPosition, setViewport } = useReactFlow()
  const { now } = useContext(ClockContext)
  const keys = useGraphKeys({ scene, width, height, onSelect, onOpenMenu })
  const nodes = useMemo(() => nodesOf(scene), [scene])
  const shownNodes = withRing(nodes, keys.pointed?.part, keys.token)
  const edges = useMemo(() => edgesOf(scene), [scene])
  const isTall = scene.height * zoom > height + 1

  // A new arrangement is shown from its beginning; a new moment of the same one stays where it was moved to.
  const arrangement = `${scene.layout} ${scene.width} ${zoom}`
  const shown = useRef('')
  useEffect(() => {
    if (shown.current === arrangement) return
    shown.current = arrangement
    void setViewport({ x: Math.max(0, (width - scene.width * zoom) / 2), y: 0, zoom })
  }, [arrangement, setViewport, width, scene.width, zoom])

  const targetAt = (x: number, y: number, part: string): string => {
    const found = hit(scene, screenToFlowPosition({ x, y }), now())
    return found?.kind === 'message' ? found.message : part
  }
  const click: NodeMouseHandler<PartNode | StillNode> = (event, node) => {
    if (node.type === 'still' || !node.data.part.selectable) return
    onSelect(targetAt(event.clientX, event.clientY, node.id))
  }
  const menu: NodeMouseHandler<PartNode | StillNode> = (event, node) => {
    if (node.type === 'still') return
    event.preventDefault()
    const { x, y } = pointOf(event)
    onOpenMenu(targetAt(x, y, node.id), { x, y })
  }
  const wireMenu: EdgeMouseHandler<WireEdge> = (event, edge) => {
    event.preventDefault()
    const { clientX: x, clientY: y } = event
    const wire = edge.data?.wire
    const line = wire?.links.find((link) => link !== '') ?? wire?.ids[0] ?? edge.id
    onOpenMenu(targetAt(x, y, line), { x, y })
  }
  return (
    <ReactFlow
      className="graph"
      aria-label={label}
      nodes={shownNodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodeClick={click}
      onNodeContextMenu={menu}
      onEdgeClick={wireMenu}
      onEdgeContextMenu={wireMenu}
      onPaneClick={() => onSelect('')}
      onKeyDownCapture={keys.onKey}
      onFocus={keys.onFocus}
      autoPanOnNodeFocus={false}
      ariaLabelConfig={WORDS}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable
      edgesFocusable={false}
      elevateNodesOnSelect={false}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      zoomOnDoubleClick={false}
      zoomOnScroll={false}
      panOnScroll={isTall}
      preventScrolling={isTall}
      minZoom={MIN_ZOOM}
      maxZoom={MAX_ZOOM}
      translateExtent={[
        [0, 0],
        [Math.max(scene.width, width / zoom), Math.max(scene.height, height / zoom)],
      ]}
      attributionPosition="top-right"
      proOptions={{ hideAttribution: false }}
    >
      {overlay === undefined ? null : <Overlay draw={overlay} />}
      <p aria-live="polite" className="sr-only">
        {keys.token === null ? '' : nameOf(keys.token.token)}
      </p>
    </ReactFlow>
  )
}

function Overlay({ draw }: { readonly draw: (viewport: Viewport) => ReactNode }) {
  const { x, y, zoom } = useViewport()
  const viewport = useMemo(() => ({ x, y, zoom }), [x, y, zoom])
  return <div className="pointer-events-none absolute inset-0 z-[5]">{draw(viewport)}</div>
}

/** The menu key has no pointer: its menu stands at the part. */
function pointOf(event: { clientX: number; clientY: number; target: EventTarget | null }): Point {
  if (event.clientX !== 0 || event.clientY !== 0) return { x: event.clientX, y: event.clientY }
  const box = (event.target as Element).getBoundingClientRect()
  return { x: box.left + 16, y: box.top + Math.min(40, box.height) }
}

/** The message pointed at by keyboard has the ring of the focus. */
function withRing(
  nodes: (PartNode | StillNode)[],
  part: string | undefined,
  token: TokenShape | null,
): (PartNode | StillNode)[] {
  if (token === null) return nodes
  return nodes.map((node) =>
    node.type === 'part' && node.id === part
      ? { ...node, data: { ...node.data, ring: ringOf(token) } }
      : node,
  )
}

/** Parts in reading order, so that Tab goes through them in it; then what is only drawn. */
function nodesOf(scene: Scene): (PartNode | StillNode)[] {
  const byId = new Map(scene.parts.map((part) => [part.id, part]))
  const reached = order(scene).flatMap((id) => byId.get(id) ?? [])
  const drawn = scene.parts.filter((part) => !part.selectable)
  const sheet = { x: 0, y: 0, width: scene.width, height: scene.height }
  const still = (
    id: string,
    shapes: readonly Shape[],
    { zIndex, dim }: { readonly zIndex: number; readonly dim: boolean },
  ): StillNode => ({
    id,
    type: 'still',
    position: { x: 0, y: 0 },
    data: { box: sheet, shapes, dim },
    width: sheet.width,
    height: sheet.height,
    zIndex,
    className: 'graph-still',
    // React Flow gives every node pointer events in its own style; what is only drawn must not catch any.
    style: { pointerEvents: 'none' },
    focusable: false,
    selectable: false,
  })
  return [
    ...reached.map(partNode),
    ...drawn.map(partNode),
    ...scene.lines.map((line, i) => still(`:line ${i}`, line.shapes, { zIndex: 0, dim: line.dim })),
    still(':over', scene.over, { zIndex: 10, dim: false }),
  ]
}

const partNode = (part: PlacedPart): PartNode => ({
  id: part.id,
  type: 'part',
  position: { x: part.box.x, y: part.box.y },
  width: part.box.width,
  height: part.box.height,
  // Told, not measured: else React Flow leaves the edges out until it has measured every new picture.
  measured: { width: part.box.width, height: part.box.height },
  handles: [
    { type: 'target', position: Position.Left, x: 0, y: part.box.height / 2 },
    { type: 'source', position: Position.Right, x: part.box.width, y: part.box.height / 2 },
  ],
  data: { part },
  zIndex: 1,
  focusable: part.selectable,
  selectable: part.selectable,
  selected: part.selected,
  ...(part.selectable
    ? {
        ariaRole: 'button' as const,
        domAttributes: { 'aria-pressed': part.selected, 'aria-roledescription': undefined },
      }
    : {
        className: 'graph-still',
        style: { pointerEvents: 'none' as const },
        ariaRole: 'presentation' as const,
      }),
})

const edgesOf = (scene: Scene): WireEdge[] =>
  scene.wires.map((wire) => ({
    id: wire.ids.join(' '),
    type: 'wire',
    source: wire.from,
    target: wire.to,
    data: { wire },
    selectable: false,
    focusable: false,
  }))
